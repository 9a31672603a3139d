import { ensure, Failure } from '#platform/errors';

/** What editors write: services, municipal supplements, authorities and competences; and which of it is acceptable. */

/** Who decides about a service where no rule says otherwise, from near to far. */
const levels = ['municipality', 'district', 'state', 'federal'] as const;
export type Level = (typeof levels)[number];

/** How surely an applicant must be known; the German terms are those of the Onlinezugangsgesetz, § 3. */
const assurances = ['none', 'account', 'basic', 'substantial', 'high'] as const;
export type Assurance = (typeof assurances)[number];

/** A master text, modelled on the modules of a FIM service description (Stammtext). Text is plain; an empty line parts paragraphs. */
export type ServiceContent = {
  readonly title: string;
  /** One or two sentences. */
  readonly summary: string;
  readonly details: string;
  /** The same in plain language: short sentences, no foreign words. */
  readonly plain: string;
  readonly titleEn: string;
  readonly summaryEn: string;
  readonly detailsEn: string;
  readonly documents: readonly string[];
  readonly fees: readonly string[];
  readonly deadlines: readonly string[];
  readonly duration: string;
  readonly steps: readonly string[];
  /** The parts in English, point for point like the German ones; empty: there is no English text yet, and readers are told so. */
  readonly documentsEn: readonly string[];
  readonly feesEn: readonly string[];
  readonly deadlinesEn: readonly string[];
  readonly durationEn: string;
  readonly stepsEn: readonly string[];
  /** Legal basis by name: “§ 14 Gewerbeordnung (GewO)”. */
  readonly legal: readonly string[];
  /** Everyday words that do not stand in the text. */
  readonly keywords: readonly string[];
  readonly keywordsEn: readonly string[];
  /** Keys of the situations in life it belongs to. */
  readonly lifeEvents: readonly string[];
  /** Key of the online form; null: there is none. */
  readonly form: string | null;
  readonly assurance: Assurance;
  /** Why it is this level. */
  readonly assuranceSource: string;
  readonly assuranceSourceEn: string;
  readonly level: Level;
  /** 14-digit key of the catalogue of services (LeiKa); null where it has not been given. */
  readonly leika: string | null;
};

/** What a municipality adds to a master text for its area. */
export type SupplementContent = {
  readonly service: string;
  readonly area: string;
  readonly note: string;
  readonly documents: readonly string[];
  readonly fees: readonly string[];
  readonly deadlines: readonly string[];
  /** The same in English; empty: there is no English text yet, and readers are told so. */
  readonly noteEn: string;
  readonly documentsEn: readonly string[];
  readonly feesEn: readonly string[];
  readonly deadlinesEn: readonly string[];
};

/** A part of an authority with a counter of its own. */
export type Unit = {
  readonly key: string;
  readonly name: string;
  readonly phone: string;
  readonly mail: string;
  readonly room: string;
};

export type AuthorityContent = {
  readonly name: string;
  /** Keys of the areas whose general administration it is; empty for special authorities. */
  readonly represents: readonly string[];
  readonly street: string;
  readonly postcode: string;
  readonly town: string;
  readonly phone: string;
  readonly mail: string;
  readonly web: string;
  /** Lines as in `rules-hours.ts`: “Mo 9–12, 13–16”. */
  readonly hours: string;
  readonly accessibility: readonly string[];
  readonly languages: readonly string[];
  readonly units: readonly Unit[];
};

/** Who is responsible for a service in an area: a named authority, or whoever administers that level there. */
export type CompetenceContent = {
  /** Key of a service; `*`: every service without a rule of its own. */
  readonly service: string;
  readonly area: string;
  readonly authority: string | null;
  readonly level: Level | null;
  /** Key of a unit of the authority; empty: the authority itself. */
  readonly unit: string;
  /** Areas inside `area` for which this rule does not hold. */
  readonly except: readonly string[];
  /** Law, ordinance or resolution it rests on. */
  readonly source: string;
};

/** Pictures a situation in life can have; `ui/situation-icon.tsx` draws them. */
const situationIcons = [
  ...(['birth', 'school', 'studies', 'work', 'moving', 'marriage', 'building', 'business', 'vehicle', 'animals'] as const),
  ...(['money', 'illness', 'age', 'death', 'travel', 'migration', 'papers', 'event', 'other'] as const),
] as const;
type SituationIcon = (typeof situationIcons)[number];

/** A situation in life: for those who do not know what it is called they need. */
export type LifeEventContent = {
  readonly title: string;
  /** One or two sentences. */
  readonly text: string;
  readonly plain: string;
  readonly titleEn: string;
  readonly textEn: string;
  readonly icon: SituationIcon;
  /** Its place among the others, small ones first. */
  readonly order: number;
  /** Keys of the services that come first, in this order; others that name it follow by title. */
  readonly services: readonly string[];
};

export type Contents = {
  readonly service: ServiceContent;
  readonly supplement: SupplementContent;
  readonly authority: AuthorityContent;
  readonly competence: CompetenceContent;
  readonly lifeEvent: LifeEventContent;
};
export type EntryKind = keyof Contents;
export const entryKinds = [
  'service',
  'supplement',
  'authority',
  'competence',
  'lifeEvent',
] as const satisfies readonly EntryKind[];
export type Content = Contents[EntryKind];

const contentLimits = { line: 300, text: 8_000, item: 600, items: 40, areas: 700, units: 60, order: 9_999 };

type Shape = 'line' | 'text' | 'lines' | 'optionalLine' | 'areas' | 'units' | 'key' | 'order' | readonly string[];

/** Every field of every kind, in the order in which editors see them; what is not listed here is not stored. */
export const shapes: { readonly [Kind in EntryKind]: Readonly<Record<keyof Contents[Kind], Shape>> } = {
  service: {
    title: 'line',
    summary: 'text',
    details: 'text',
    plain: 'text',
    titleEn: 'line',
    summaryEn: 'text',
    detailsEn: 'text',
    documents: 'lines',
    fees: 'lines',
    deadlines: 'lines',
    duration: 'optionalLine',
    steps: 'lines',
    documentsEn: 'lines',
    feesEn: 'lines',
    deadlinesEn: 'lines',
    durationEn: 'optionalLine',
    stepsEn: 'lines',
    legal: 'lines',
    keywords: 'lines',
    keywordsEn: 'lines',
    lifeEvents: 'lines',
    form: 'key',
    assurance: assurances,
    assuranceSource: 'optionalLine',
    assuranceSourceEn: 'optionalLine',
    level: levels,
    leika: 'key',
  },
  supplement: {
    service: 'line',
    area: 'line',
    note: 'text',
    documents: 'lines',
    fees: 'lines',
    deadlines: 'lines',
    noteEn: 'text',
    documentsEn: 'lines',
    feesEn: 'lines',
    deadlinesEn: 'lines',
  },
  authority: {
    name: 'line',
    represents: 'areas',
    street: 'optionalLine',
    postcode: 'optionalLine',
    town: 'optionalLine',
    phone: 'optionalLine',
    mail: 'optionalLine',
    web: 'optionalLine',
    hours: 'text',
    accessibility: 'lines',
    languages: 'lines',
    units: 'units',
  },
  competence: {
    service: 'line',
    area: 'line',
    authority: 'key',
    level: 'key',
    unit: 'optionalLine',
    except: 'areas',
    source: 'optionalLine',
  },
  lifeEvent: {
    title: 'line',
    text: 'text',
    plain: 'text',
    titleEn: 'line',
    textEn: 'text',
    icon: situationIcons,
    order: 'order',
    services: 'lines',
  },
};

// Control characters (line feeds are taken out before), and the marks that turn the direction of writing.
const unseen = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069\ufeff]/u;

function cleanText(value: unknown, field: string, most: number): string {
  ensure(value === undefined || value === null || typeof value === 'string', 'invalid', 'finder.fieldForm', { field });
  const text = (value ?? '')
    .normalize('NFC')
    .replaceAll('\r\n', '\n')
    .replaceAll(/[\t\u00a0]/g, ' ')
    .trim();
  ensure(text.length <= most, 'invalid', 'platform.textTooLong', { field, limit: most });
  ensure(!unseen.test(text.replaceAll('\n', '')), 'invalid', 'platform.textUnseen', { field });
  return text;
}

function cleanLine(value: unknown, field: string): string {
  return cleanText(value, field, contentLimits.line).replaceAll(/\s+/g, ' ');
}

function cleanList(value: unknown, field: string, most: number): string[] {
  ensure(value === undefined || Array.isArray(value), 'invalid', 'finder.fieldForm', { field });
  const items = (value ?? []).map((item) => cleanText(item, field, contentLimits.item).replaceAll(/\s+/g, ' ')).filter(Boolean);
  ensure(items.length <= most, 'tooLarge', 'finder.tooManyItems', { field, limit: most });
  return items;
}

function cleanUnits(value: unknown, field: string): Unit[] {
  ensure(value === undefined || Array.isArray(value), 'invalid', 'finder.fieldForm', { field });
  const units = (value ?? []) as readonly Readonly<Record<string, unknown>>[];
  ensure(units.length <= contentLimits.units, 'tooLarge', 'finder.tooManyItems', { field, limit: contentLimits.units });
  return units.map((unit) => ({
    key: cleanKey(unit.key, field) ?? '',
    name: required(cleanLine(unit.name, field), field),
    phone: cleanLine(unit.phone, field),
    mail: cleanLine(unit.mail, field),
    room: cleanLine(unit.room, field),
  }));
}

const keyForm = /^[A-Za-z0-9*][A-Za-z0-9._-]{0,79}$/;

function cleanKey(value: unknown, field: string): string | null {
  const key = cleanLine(value, field);
  ensure(key === '' || keyForm.test(key), 'invalid', 'finder.keyForm', { field });
  return key === '' ? null : key;
}

function cleanOrder(value: unknown, field: string): number {
  const text = typeof value === 'number' ? String(value) : cleanLine(value, field);
  const { order: limit } = contentLimits;
  ensure(/^\d{1,4}$/.test(text), 'invalid', 'finder.orderForm', { field, limit });
  return Number(text);
}

function required(text: string, field: string): string {
  ensure(text !== '', 'invalid', 'platform.textMissing', { field });
  return text;
}

function cleanField(shape: Shape, value: unknown, field: string): unknown {
  if (shape === 'line') return required(cleanLine(value, field), field);
  if (shape === 'optionalLine') return cleanLine(value, field);
  if (shape === 'text') return cleanText(value, field, contentLimits.text);
  if (shape === 'lines') return cleanList(value, field, contentLimits.items);
  if (shape === 'areas') return cleanList(value, field, contentLimits.areas);
  if (shape === 'units') return cleanUnits(value, field);
  if (shape === 'key') return cleanKey(value, field);
  if (shape === 'order') return cleanOrder(value, field);
  ensure(typeof value === 'string' && shape.includes(value), 'invalid', 'finder.choiceForm', {
    field,
    choices: shape.join(', '),
  });
  return value;
}

/**
 * What somebody sent, as content of its kind: known fields only, trimmed, within limits. Markup is text like any other; it is
 * escaped where it is shown and never interpreted. Throws `invalid` with the field.
 */
export function checkContent<Kind extends EntryKind>(kind: Kind, given: unknown): Contents[Kind] {
  ensure(typeof given === 'object' && given !== null, 'invalid', 'finder.fieldForm', { field: kind });
  const values = given as Readonly<Record<string, unknown>>;
  const fields = Object.entries<Shape>(shapes[kind]).map(([field, shape]) => [field, cleanField(shape, values[field], field)]);
  const content = Object.fromEntries(fields) as Contents[Kind];
  checkSense(kind, content);
  return content;
}

function checkSense(kind: EntryKind, content: Content): void {
  if (kind === 'competence') {
    const { authority, level } = content as CompetenceContent;
    ensure((authority === null) !== (level === null), 'invalid', 'finder.oneAnswer', { field: 'authority' });
    ensure(level === null || levels.includes(level), 'invalid', 'finder.choiceForm', {
      field: 'level',
      choices: levels.join(', '),
    });
  }
  if (kind === 'authority') {
    const { web } = content as AuthorityContent;
    ensure(web === '' || /^https?:\/\/[^\s"'<>]+$/.test(web), 'invalid', 'finder.webForm', { field: 'web' });
  }
  if (kind === 'service') {
    const { lifeEvents, leika } = content as ServiceContent;
    checkKeys(lifeEvents, 'lifeEvents');
    ensure(leika === null || /^\d{14}$/.test(leika), 'invalid', 'finder.leikaForm', { field: 'leika' });
  }
  if (kind === 'lifeEvent') checkKeys((content as LifeEventContent).services, 'services');
}

/** Keys of entries that may come later, as from a file: only their form is checked. */
function checkKeys(keys: readonly string[], field: string): void {
  const wrong = keys.find((key) => !entryKeyForm.test(key));
  ensure(wrong === undefined, 'invalid', 'finder.keyForm', { field });
}

const entryKeyForm = /^[a-z0-9][a-z0-9._-]{0,79}$/;

/** Whether an entry could have this key; what comes in an address need not. */
export const isEntryKey = (text: string): boolean => entryKeyForm.test(text);

/** The kind of that name. Throws `invalid`. */
export function checkEntryKind(text: string): EntryKind {
  const kind = entryKinds.find((known) => known === text);
  if (!kind) throw new Failure('invalid', 'finder.choiceForm', { field: 'kind', choices: entryKinds.join(', ') });
  return kind;
}

/** The key of an entry as it stands in addresses. Throws `invalid`. */
export function checkEntryKey(text: string): string {
  ensure(entryKeyForm.test(text), 'invalid', 'finder.keyForm', { field: 'key' });
  return text;
}

export type Difference = { readonly field: string; readonly before: string; readonly after: string };

/** The database keeps no order of fields, so the parts of a unit are named. */
const unitText = ({ key, name, phone, mail, room }: Unit) => [key, name, phone, mail, room].join(' | ');

const asText = (value: unknown): string =>
  Array.isArray(value)
    ? value.map((item) => (typeof item === 'object' ? unitText(item as Unit) : String(item))).join('\n')
    : String(value ?? '');

/** The fields in which two contents differ, as texts, in the order of the form. */
export function compare(kind: EntryKind, before: Content | null, after: Content): Difference[] {
  const [old, now] = [before as Record<string, unknown> | null, after as unknown as Record<string, unknown>];
  return Object.keys(shapes[kind])
    .map((field) => ({ field, before: asText(old?.[field]), after: asText(now[field]) }))
    .filter((field) => field.before !== field.after);
}

/** What a list shows of an entry without its content. */
export function titleOf(kind: EntryKind, key: string, content: Content): string {
  if (kind === 'service' || kind === 'lifeEvent') return (content as ServiceContent | LifeEventContent).title;
  return kind === 'authority' ? (content as AuthorityContent).name : key;
}
