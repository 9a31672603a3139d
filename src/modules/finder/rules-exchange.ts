import { ensure, Failure } from '#platform/errors';
import {
  type Content,
  type Contents,
  checkContent,
  checkEntryKey,
  checkEntryKind,
  type EntryKind,
  shapes,
} from './rules-content.ts';

/** What leaves and enters as a file: every published entry with its key, as JSON or in a form modelled on XZuFi. */
export type Exchanged = { readonly kind: EntryKind; readonly key: string; readonly content: Content };

export const exchangeLimits = { bytes: 50_000_000, entries: 50_000, depth: 16 };

const format = 'rennsteig-finder';
const version = 1;

/** Everything as JSON; {@link readJson} reads it back without loss. */
export function writeJson(entries: readonly Exchanged[]): string {
  return JSON.stringify({ format, version, entries }, null, 1);
}

function checkedEntry(kind: unknown, key: unknown, content: unknown): Exchanged {
  const known = checkEntryKind(String(kind));
  return { kind: known, key: checkEntryKey(String(key)), content: checkContent(known, content) };
}

/** Reads what {@link writeJson} wrote, checking every field. Throws `invalid`, `tooLarge`. */
export function readJson(text: string): Exchanged[] {
  ensure(text.length <= exchangeLimits.bytes, 'tooLarge', 'finder.listTooLarge', { limit: exchangeLimits.bytes });
  let given: { format?: unknown; version?: unknown; entries?: unknown };
  try {
    given = JSON.parse(text);
  } catch (error) {
    throw new Failure('invalid', 'finder.exchangeForm', { detail: 'JSON' }, error);
  }
  const isOurs = given !== null && typeof given === 'object' && given.format === format && given.version === version;
  ensure(isOurs && Array.isArray(given.entries), 'invalid', 'finder.exchangeForm', { detail: 'format' });
  const entries = given.entries as readonly Partial<Exchanged>[];
  ensure(entries.length <= exchangeLimits.entries, 'tooLarge', 'finder.tooManyItems', {
    field: 'entries',
    limit: exchangeLimits.entries,
  });
  return entries.map((entry) => checkedEntry(entry?.kind, entry?.key, entry?.content));
}

/**
 * Modelled on XZuFi 2.2 (XÖV, message family “transfer”): services with text modules by language, organisational units, areas of
 * competence. The text of the standard was not at hand; element names follow its published terms, and a field without one there
 * travels as `zusatz`. Our own reader is the test of our writer.
 */
export const namespace = 'urn:rennsteig:xzufi-angelehnt:1';

const elementOf: Readonly<Record<EntryKind, string>> = {
  service: 'leistung',
  supplement: 'leistungErgaenzung',
  authority: 'organisationseinheit',
  competence: 'zustaendigkeit',
  lifeEvent: 'lebenslage',
};

/** XZuFi's terms for our fields. */
const terms: Readonly<Record<string, string>> = {
  title: 'leistungsbezeichnung',
  summary: 'teaser',
  details: 'volltext',
  plain: 'leichteSprache',
  documents: 'erforderlicheUnterlagen',
  fees: 'kosten',
  deadlines: 'frist',
  duration: 'bearbeitungsdauer',
  steps: 'verfahrensablauf',
  legal: 'rechtsgrundlage',
  keywords: 'begriffImKontext',
  lifeEvents: 'lebenslage',
  form: 'onlinedienst',
  assurance: 'vertrauensniveau',
  leika: 'leistungsschluessel',
  level: 'vollzugsebene',
  name: 'name',
  street: 'strasse',
  postcode: 'postleitzahl',
  town: 'ort',
  phone: 'telefon',
  mail: 'email',
  web: 'internetadresse',
  hours: 'oeffnungszeiten',
  accessibility: 'barrierefreiheit',
  languages: 'sprache',
  units: 'untereinheit',
  service: 'leistungID',
  area: 'gebiet',
  authority: 'organisationseinheitID',
  except: 'ausnahmeGebiet',
  source: 'rechtsquelle',
  represents: 'verwaltetGebiet',
  note: 'hinweis',
  unit: 'untereinheitID',
  text: 'beschreibung',
  order: 'reihenfolge',
  services: 'leistungID',
};

/** English text modules carry their language; German is the default. */
const englishEnd = 'En';
const isEnglishField = (field: string) => field.endsWith(englishEnd);
const germanField = (field: string) => (isEnglishField(field) ? field.slice(0, -englishEnd.length) : field);

/** The five characters XML reserves, and the white space that parsers would change. */
export function escapeXml(text: string): string {
  const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
  return text
    .replaceAll(/[&<>"']/g, (sign) => names[sign] ?? sign)
    .replaceAll('\n', '&#10;')
    .replaceAll('\r', '&#13;');
}

function element(name: string, attributes: Readonly<Record<string, string>>, text: string): string {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  return `<${name}${given.join('')}>${escapeXml(text)}</${name}>`;
}

function fieldXml(field: string, value: unknown): string {
  const known = terms[germanField(field)];
  const name = known ?? 'zusatz';
  const attributes = { ...(known ? {} : { feld: field }), ...(known && isEnglishField(field) ? { 'xml:lang': 'en' } : {}) };
  if (value === null || value === '') return '';
  if (!Array.isArray(value)) return element(name, attributes, String(value));
  return value
    .map((item) =>
      typeof item === 'object' && item !== null
        ? `<${name}>${Object.entries(item)
            .map(([key, part]) => element('angabe', { feld: key }, String(part)))
            .join('')}</${name}>`
        : element(name, attributes, String(item)),
    )
    .join('');
}

/** Everything as XML; {@link fromElements} reads it back without loss. */
export function writeXml(entries: readonly Exchanged[], at: Date): string {
  const parts = entries.map(({ kind, key, content }) => {
    const fields = Object.entries(content).map(([field, value]) => fieldXml(field, value));
    return `<${elementOf[kind]} id="${escapeXml(key)}">${fields.join('')}</${elementOf[kind]}>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<transfer xmlns="${namespace}" erstellt="${at.toISOString()}">`,
    ...parts,
    '</transfer>',
    '',
  ].join('\n');
}

/** An element of a parsed document. */
export type XmlElement = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly XmlElement[];
};

function fieldOf(kind: EntryKind, { name, attributes }: XmlElement): string | null {
  if (name === 'zusatz') return attributes.feld ?? null;
  const isEnglish = attributes['xml:lang'] === 'en';
  const fields = Object.keys(shapes[kind]);
  return fields.find((field) => isEnglishField(field) === isEnglish && terms[germanField(field)] === name) ?? null;
}

function contentOf(kind: EntryKind, children: readonly XmlElement[]): Record<string, unknown> {
  const content: Record<string, unknown> = {};
  const kinds: Readonly<Record<string, unknown>> = shapes[kind];
  for (const child of children) {
    const field = fieldOf(kind, child);
    if (field === null) continue;
    const shape = kinds[field];
    const value =
      shape === 'units' ? Object.fromEntries(child.children.map((part) => [part.attributes.feld ?? '', part.text])) : child.text;
    const isList = shape === 'lines' || shape === 'areas' || shape === 'units';
    const known = content[field];
    // In place: a file may hold a million of them before the list is refused as too long.
    if (isList && Array.isArray(known)) known.push(value);
    else content[field] = isList ? [value] : value;
  }
  return content;
}

/** Reads the entries of a parsed document. Throws `invalid` for another document or a field that is wrong. */
export function fromElements(root: XmlElement): Exchanged[] {
  ensure(root.name === 'transfer', 'invalid', 'finder.exchangeForm', { detail: root.name });
  return root.children.map(fromElement);
}

/** Reads one entry. Throws `invalid` for another element or a field that is wrong. */
export function fromElement({ name, attributes, children }: XmlElement): Exchanged {
  const kinds = Object.entries(elementOf) as [keyof Contents, string][];
  const kind = kinds.find(([, known]) => known === name)?.[0];
  if (!kind) throw new Failure('invalid', 'finder.exchangeForm', { detail: name });
  return checkedEntry(kind, attributes.id, contentOf(kind, children));
}
