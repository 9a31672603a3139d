import other from 'mime/types/other.js';
import standard from 'mime/types/standard.js';
import type { Located } from '#modules/files';
import { ensure, Failure } from '#platform/errors';
import { mediaType } from './properties.ts';
import { childOf, dav, type Element, elementsOf, nextcloud, owncloud, textOf } from './xml.ts';

/** What a condition of DASL (RFC 5323, 5.6) looks at. Times in milliseconds. */
type Subject = { readonly found: Located; readonly isFavourite: boolean };

/**
 * What has to hold for everything that fits, so that it can be looked up instead of looking through everything. Absent: nothing
 * is known of it.
 */
export type Hints = {
  readonly text?: string;
  readonly isFavourite?: true;
  readonly id?: number;
  readonly endings?: readonly string[];
  readonly after?: number;
  readonly before?: number;
};

export type Condition = { readonly fits: (subject: Subject) => boolean; readonly hints: Hints };

function refuse(detail: string): never {
  throw new Failure('unsupported', 'dav.searchUnknown', { detail });
}

type Value = string | number | boolean;
type Property = { readonly kind: 'text' | 'number' | 'time' | 'truth'; readonly of: (subject: Subject) => Value };

const typeOf = ({ node }: Located) => (node.isFolder ? 'httpd/unix-directory' : mediaType(node.name));
const created: Property = { kind: 'time', of: ({ found }) => found.node.created };

const properties: Readonly<Record<string, Property>> = {
  [`${dav} displayname`]: { kind: 'text', of: ({ found }) => found.node.name },
  [`${dav} getcontenttype`]: { kind: 'text', of: ({ found }) => typeOf(found) },
  [`${dav} getlastmodified`]: { kind: 'time', of: ({ found }) => found.node.modified },
  [`${dav} getcontentlength`]: { kind: 'number', of: ({ found }) => found.node.size },
  [`${dav} creationdate`]: created,
  [`${owncloud} size`]: { kind: 'number', of: ({ found }) => found.node.size },
  [`${owncloud} fileid`]: { kind: 'number', of: ({ found }) => found.node.id },
  [`${owncloud} favorite`]: { kind: 'truth', of: ({ isFavourite }) => isFavourite },
  [`${nextcloud} creation_time`]: created,
  [`${nextcloud} upload_time`]: created,
};

/** A property of ours by which can be searched and sorted. Throws `unsupported`. */
export function propertyIn(element: Element): Property {
  const prop = childOf(element, dav, 'prop');
  const [named] = prop ? elementsOf(prop) : [];
  const property = named && properties[`${named.namespace} ${named.name}`];
  return property ?? refuse(named?.name ?? 'prop');
}

/** Seconds since 1970, or a date: the apps send either. */
function readTime(text: string): number {
  const time = /^\d{1,12}$/.test(text) ? Number(text) * 1_000 : Date.parse(text);
  return Number.isNaN(time) ? refuse('time') : time;
}

function readLiteral(element: Element, kind: Property['kind']): Value {
  const literal = childOf(element, dav, 'literal');
  const text = literal ? textOf(literal).trim() : refuse('literal');
  if (text.length > longestLiteral) refuse('literal');
  if (kind === 'text') return text.normalize('NFC').toLowerCase();
  if (kind === 'time') return readTime(text);
  if (kind === 'truth') return ['1', 'yes', 'true'].includes(text.toLowerCase());
  return /^-?\d{1,15}$/.test(text) ? Number(text) : refuse('number');
}

/** Longest text a property is compared with, in characters: that of the longest name. */
const longestLiteral = 255;

/** Whether a text fits a pattern in which `%` stands for anything; in time that grows with the text, whatever the pattern. */
export function isLike(text: string, pattern: string): boolean {
  const [head = '', ...rest] = pattern.split('%');
  if (rest.length === 0) return text === head;
  const tail = rest.pop() ?? '';
  if (text.length < head.length + tail.length || !text.startsWith(head) || !text.endsWith(tail)) return false;
  const end = text.length - tail.length;
  let position = head.length;
  for (const part of rest) {
    const at = text.indexOf(part, position);
    if (at < 0 || at + part.length > end) return false;
    position = at + part.length;
  }
  return true;
}

/** Endings of names whose type fits; all there are together are too many to be of use. */
function endingsLike(pattern: string): string[] {
  const types: Readonly<Record<string, readonly string[]>> = Object.assign({}, other, standard);
  return Object.entries(types).flatMap(([type, endings]) =>
    isLike(type, pattern) ? endings.map((ending) => ending.replace('*', '')) : [],
  );
}

const mostEndings = 400;

const folded = (value: Value) => (typeof value === 'string' ? value.normalize('NFC').toLowerCase() : value);

type Comparison = 'eq' | 'like' | 'gt' | 'gte' | 'lt' | 'lte';

const compare: Readonly<Record<Comparison, (value: Value, literal: Value) => boolean>> = {
  eq: (value, literal) => value === literal,
  like: (value, literal) => isLike(String(value), String(literal)),
  gt: (value, literal) => value > literal,
  gte: (value, literal) => value >= literal,
  lt: (value, literal) => value < literal,
  lte: (value, literal) => value <= literal,
};

function hintsOf(property: Property, comparison: Comparison, literal: Value): Hints {
  const isExact = comparison === 'eq' || comparison === 'like';
  if (property === properties[`${dav} displayname`] && isExact) return { text: String(literal).replaceAll('%', ' ') };
  if (property === properties[`${dav} getcontenttype`] && isExact) {
    const endings = endingsLike(String(literal));
    return endings.length > 0 && endings.length <= mostEndings ? { endings } : {};
  }
  if (property === properties[`${owncloud} favorite`] && literal === true && isExact) return { isFavourite: true };
  if (property === properties[`${owncloud} fileid`] && isExact) return { id: Number(literal) };
  if (property !== properties[`${dav} getlastmodified`] || comparison === 'like') return {};
  const time = Number(literal);
  if (comparison === 'eq') return { after: time - 1, before: time + 1 };
  return comparison.startsWith('g') ? { after: time - 1 } : { before: time + 1 };
}

function comparisonOf(element: Element, comparison: Comparison): Condition {
  const property = propertyIn(element);
  const literal = readLiteral(element, property.kind);
  const holds = compare[comparison];
  const fits = (subject: Subject) => holds(folded(property.of(subject)), literal);
  return { fits, hints: hintsOf(property, comparison, literal) };
}

/** All have to hold: what is known of one is known of all. */
function allOf(conditions: readonly Condition[]): Condition {
  const hints: Hints = Object.assign({}, ...conditions.map((condition) => condition.hints));
  const after = Math.max(...conditions.map((condition) => condition.hints.after ?? -1));
  const before = Math.min(...conditions.map((condition) => condition.hints.before ?? Number.MAX_SAFE_INTEGER));
  return { fits: (subject) => conditions.every(({ fits }) => fits(subject)), hints: { ...hints, after, before } };
}

/** One has to hold: only endings can be gathered, since the others lead to different look-ups. */
function anyOf(conditions: readonly Condition[]): Condition {
  const endings = conditions.map(({ hints }) => hints.endings ?? null);
  const isKnown = endings.every((each) => each !== null);
  return {
    fits: (subject) => conditions.some(({ fits }) => fits(subject)),
    hints: isKnown ? { endings: endings.flat() } : {},
  };
}

/** Most conditions inside each other, and beside each other. */
const most = { depth: 16, beside: 100 };

/** Reads a condition of DASL. Throws `unsupported` for what we do not know: leaving it out would find too much. */
export function readCondition(element: Element, depth = 0): Condition {
  const { name, namespace } = element;
  ensure(namespace === dav && depth < most.depth, 'unsupported', 'dav.searchUnknown', { detail: name });
  const inner = () => {
    const conditions = elementsOf(element).map((child) => readCondition(child, depth + 1));
    return conditions.length > 0 && conditions.length <= most.beside ? conditions : refuse(name);
  };
  if (name === 'and') return allOf(inner());
  if (name === 'or') return anyOf(inner());
  if (name === 'not') {
    const condition = allOf(inner());
    return { fits: (subject) => !condition.fits(subject), hints: {} };
  }
  if (name === 'is-collection') return { fits: ({ found }) => found.node.isFolder, hints: {} };
  return Object.hasOwn(compare, name) ? comparisonOf(element, name as Comparison) : refuse(name);
}
