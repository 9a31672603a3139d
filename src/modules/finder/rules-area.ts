import { fold, wordsOf } from './rules-fold.ts';
import { distance } from './rules-typo.ts';

/** Places: the tree of areas, and which of them somebody means. */

const areaKinds = ['state', 'district', 'municipality', 'part'] as const;
export type AreaKind = (typeof areaKinds)[number];

/** An area of the register. */
export type Area = {
  /** Official key: state 2 digits, district 5, municipality 8 (AGS), part of a municipality: key, dash, number. */
  readonly key: string;
  readonly kind: AreaKind;
  /** As people call it: “Ellrich”. */
  readonly name: string;
  /** As it calls itself: “Stadt Ellrich”. */
  readonly designation: string;
  readonly parent: string | null;
  readonly postcodes: readonly string[];
  readonly population: number | null;
  /** Day on which it ceased to exist (ISO); null: it exists. */
  readonly endedOn: string | null;
  /** What it became part of. */
  readonly successors: readonly string[];
};

const keyForms: Readonly<Record<AreaKind, RegExp>> = {
  state: /^\d{2}$/,
  district: /^\d{5}$/,
  municipality: /^\d{8}$/,
  part: /^\d{8}-\d{1,4}$/,
};

/** What kind of area has such a key; null for what is no key. */
export function kindOfKey(key: string): AreaKind | null {
  return areaKinds.find((kind) => keyForms[kind].test(key)) ?? null;
}

/** The key of the area directly above; null for the state. */
export function parentKey(key: string): string | null {
  const kind = kindOfKey(key);
  if (kind === 'part') return key.slice(0, 8);
  if (kind === 'municipality') return key.slice(0, 5);
  return kind === 'district' ? key.slice(0, 2) : null;
}

/** Whether `inner` is `outer` or lies in it: official keys are nested. */
export function isWithin(inner: string, outer: string): boolean {
  return inner === outer || (inner.startsWith(outer) && kindOfKey(inner) !== null && kindOfKey(outer) !== kindOfKey(inner));
}

/** The area and those around it, nearest first. */
export function lineOf(key: string): string[] {
  const above = parentKey(key);
  return above === null ? [key] : [key, ...lineOf(above)];
}

/** The register, prepared for questions. */
export type Register = {
  readonly areas: ReadonlyMap<string, Area>;
  /** Folded name → keys. */
  readonly byName: ReadonlyMap<string, readonly string[]>;
  readonly byPostcode: ReadonlyMap<string, readonly string[]>;
};

/** Every folded name of an area: with and without what stands behind a slash or in brackets, and its designation. */
function namesOf({ name, designation }: Area): Set<string> {
  const short = name.replace(/\s*[/(].*$/, '');
  return new Set([name, short, designation, name.replace('/', ' ')].map(nameKey));
}

const nameKey = (name: string) => wordsOf(name).join(' ');

export function makeRegister(areas: readonly Area[]): Register {
  const [byName, byPostcode] = [new Map<string, string[]>(), new Map<string, string[]>()];
  const push = (map: Map<string, string[]>, at: string, key: string) => map.set(at, [...(map.get(at) ?? []), key]);
  for (const area of areas) {
    for (const name of namesOf(area)) push(byName, name, area.key);
    for (const postcode of area.postcodes) push(byPostcode, postcode, area.key);
  }
  return { areas: new Map(areas.map((area) => [area.key, area])), byName, byPostcode };
}

export type PlaceAnswer =
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly typed: string }
  | { readonly kind: 'found'; readonly area: Area; readonly typed: string; readonly isGuess: boolean; readonly was: Area | null }
  | { readonly kind: 'several'; readonly areas: readonly Double[]; readonly typed: string };

/** One of several places of the same name, with what tells it apart. */
export type Double = Area & { readonly district: string | null };

const limits = { typed: 100, offered: 12, leastPrefix: 4 };

const answerTo = (typed: string, areas: readonly Area[], isGuess: boolean): PlaceAnswer => {
  const [area, second] = areas;
  if (!area) return { kind: 'unknown', typed };
  return second
    ? { kind: 'several', areas: areas.slice(0, limits.offered).map((one) => ({ ...one, district: null })), typed }
    : { kind: 'found', area, typed, isGuess, was: null };
};

/** Areas that exist today: of one that was merged, what it became part of. */
function today(register: Register, area: Area, depth = 0): Area[] {
  if (area.endedOn === null || depth > 8) return [area];
  return area.successors.flatMap((key) => {
    const next = register.areas.get(key);
    return next ? today(register, next, depth + 1) : [];
  });
}

function current(register: Register, keys: readonly string[]): { areas: Area[]; was: Area | null } {
  const named = keys.flatMap((key) => register.areas.get(key) ?? []);
  const alive = named.filter(({ endedOn }) => endedOn === null);
  if (alive.length > 0) return { areas: unique(alive), was: null };
  return { areas: unique(named.flatMap((area) => today(register, area))), was: named[0] ?? null };
}

const unique = (areas: readonly Area[]) => [...new Map(areas.map((area) => [area.key, area])).values()];

/** A district-free town is one place although it is a district and a municipality; the municipality is meant. */
function nearest(areas: readonly Area[]): Area[] {
  return areas.filter((area) => area.kind !== 'district' || !areas.some(({ parent }) => parent === area.key));
}

/**
 * Which area somebody means by what they typed: an official key, a postcode, a name, a name with its district to tell doubles
 * apart (“Lehesten (Saale-Orla-Kreis)”), the old name of a place that was merged, or a name with a typing error.
 */
export function findPlace(text: string, register: Register): PlaceAnswer {
  const answer = locate(text, register);
  if (answer.kind !== 'several') return answer;
  const districtOf = ({ parent }: Area) => (parent === null ? null : (register.areas.get(parent)?.designation ?? null));
  return { ...answer, areas: answer.areas.map((area) => ({ ...area, district: districtOf(area) })) };
}

function locate(text: string, register: Register): PlaceAnswer {
  const typed = text.normalize('NFC').trim().slice(0, limits.typed);
  if (typed === '') return { kind: 'none' };
  const byKey = register.areas.get(typed.replaceAll(/\s/g, ''));
  if (byKey) return named(typed, current(register, [byKey.key]));
  const postcode = /\b\d{5}\b/.exec(typed)?.[0];
  const [, name = typed, hint = ''] = /^([^(,]+)[(,]\s*([^)]*)\)?$/.exec(typed) ?? [];
  const exact = register.byName.get(nameKey(name.replace(/\b\d{5}\b/, '')));
  if (exact) return named(typed, narrowed(register, current(register, exact), { hint, postcode }));
  if (postcode && register.byPostcode.has(postcode))
    return named(typed, current(register, register.byPostcode.get(postcode) ?? []));
  return guess(typed, register);
}

type Doubles = { readonly areas: Area[]; readonly was: Area | null };

function named(typed: string, { areas, was }: Doubles): PlaceAnswer {
  const answer = answerTo(typed, nearest(areas), false);
  return answer.kind === 'found' ? { ...answer, was } : answer;
}

function narrowed(
  register: Register,
  doubles: Doubles,
  { hint, postcode }: { hint: string; postcode: string | undefined },
): Doubles {
  if (doubles.areas.length < 2) return doubles;
  const fits = doubles.areas.filter((area) => {
    const district = area.parent === null ? undefined : register.areas.get(area.parent);
    return (
      (hint !== '' && district && fold(district.designation).includes(fold(hint))) ||
      (postcode && area.postcodes.includes(postcode))
    );
  });
  return fits.length > 0 ? { ...doubles, areas: fits } : doubles;
}

/** The beginning of a name, or a name with one or two letters wrong. */
function guess(typed: string, register: Register): PlaceAnswer {
  const wanted = nameKey(typed);
  if (wanted.length < 3) return { kind: 'unknown', typed };
  const begins = wanted.length >= limits.leastPrefix ? [...register.byName].filter(([name]) => name.startsWith(wanted)) : [];
  const near = begins.length > 0 ? begins : nearestNames(wanted, register);
  const { areas } = current(
    register,
    near.flatMap(([, keys]) => keys),
  );
  return answerTo(typed, nearest(areas), true);
}

function nearestNames(wanted: string, { byName }: Register): [string, readonly string[]][] {
  const most = wanted.length <= 5 ? 1 : 2;
  const found = [...byName].map((entry) => ({ entry, far: distance(wanted, entry[0], most) })).filter(({ far }) => far <= most);
  const least = Math.min(...found.map(({ far }) => far));
  return found.filter(({ far }) => far === least).map(({ entry }) => entry);
}

/**
 * The place at the end of a question: “Hund anmelden in Ellrich”. Only exact names count, so that no word is taken for a place
 * by mistake, and “in” is not needed.
 */
export function placeInQuestion(question: string, register: Register): { question: string; place: string } | null {
  const words = question.trim().split(/\s+/);
  for (let length = Math.min(4, words.length - 1); length > 0; length -= 1) {
    const place = words.slice(-length).join(' ');
    const rest = words
      .slice(0, -length)
      .join(' ')
      .replace(/\s+(in|im|bei|aus|von|nach|zu)$/i, '');
    if (place.length >= limits.leastPrefix && register.byName.has(nameKey(place))) return { question: rest, place };
  }
  return null;
}
