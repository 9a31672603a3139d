import { checkDefinition, type Definition, definitionLimits, type Field, type FormPage, type Text } from './rules-definition.ts';
import { type Expression, on } from './rules-expression.ts';
import type { FimField, FimGroup, FimRule, FimSchema } from './rules-fim.ts';
import { type FimCondition, type FimMeaning, readFimRule } from './rules-fim-rule.ts';

/** From a FIM schema to a form: one page for each run of fields of a group, and a list of what could not be said. */

/** Something an editor has to look at: where, what it was, why. */
export type Left = {
  readonly where: string;
  readonly what: string;
  readonly why: 'rule' | 'pattern' | 'codeList' | 'repeat' | 'order';
};

export type FimForm = { readonly definition: Definition; readonly left: readonly Left[]; readonly rules: number };

const cut = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
/** The schemas are German only: until an editor translates them, both languages read the same. */
const words = (text: string, most: number = definitionLimits.line): Text => ({ de: cut(text, most), en: cut(text, most) });

type Condition = { readonly when: Expression; readonly isNeeded: boolean };

type Work = {
  readonly pages: FormPage[];
  readonly left: Left[];
  /** How often an id was met: the same field may stand in several groups. */
  readonly met: Map<string, number>;
  /** Fields that have been asked, by id, the last one last; with the group they stand in. */
  readonly asked: Map<string, Asked[]>;
  readonly conditions: Map<FimGroup | FimField, Condition>;
  /** What each rule says, and what stands below each group by its id: both are asked for again and again. */
  readonly meanings: Map<FimRule, readonly FimMeaning[]>;
  readonly below: Map<FimGroup | FimSchema, ReadonlyMap<string, readonly (FimGroup | FimField)[]>>;
  rules: number;
};

function meaningsOf({ meanings }: Work, rule: FimRule): readonly FimMeaning[] {
  const known = meanings.get(rule);
  if (known) return known;
  const read = readFimRule(rule.text);
  meanings.set(rule, read);
  return read;
}

const keyOf = (work: Work, id: string): string => {
  const count = (work.met.get(id) ?? 0) + 1;
  work.met.set(id, count);
  return `${id.toLowerCase()}${count > 1 ? `x${count}` : ''}`;
};

const manyLines = 250;
const postcode = '([0]{1}[1-9]{1}|[1-9]{1}[0-9]{1})[0-9]{3}';

function kindOf({ type, input, values, most, bounds }: FimField): Field['kind'] {
  if (input === 'select' && values.length > 0) return most > 1 ? 'several' : 'choice';
  if (type === 'bool') return 'yesNo';
  if (type === 'date') return 'date';
  if (type === 'file') return 'file';
  if (type === 'num_int' || type === 'num' || type === 'num_currency') return most > 1 ? 'longText' : 'number';
  if (bounds.pattern?.includes('@')) return 'email';
  return most > 1 || Number(bounds.maxLength ?? 0) > manyLines ? 'longText' : 'text';
}

/** Codes are kept where they can stand in an answer as they are. */
const optionOf = ({ code, name }: FimField['values'][number], index: number) => ({
  value: /^[\w.:/-]{1,80}$/.test(code) ? code : `w${index + 1}`,
  label: words(name || code),
});

function boundsOf({ bounds }: FimField, kind: Field['kind']): Partial<Field> {
  const number = (name: string) =>
    bounds[name] !== undefined && Number.isFinite(Number(bounds[name])) ? Number(bounds[name]) : undefined;
  const [min, max] = [number('minValue'), number('maxValue')];
  const most = number('maxLength');
  if (kind === 'number') return { decimals: 6, ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
  if ((kind === 'text' || kind === 'longText') && most) return { maxLength: Math.min(definitionLimits.text, Math.max(1, most)) };
  return {};
}

function noteField(work: Work, field: FimField, kind: Field['kind']): void {
  const { pattern } = field.bounds;
  const where = field.label;
  if (pattern && pattern !== postcode && kind !== 'email') work.left.push({ where, what: pattern, why: 'pattern' });
  if (field.codeList) work.left.push({ where, what: field.codeList, why: 'codeList' });
  if (field.most > 1 && kind === 'longText') work.left.push({ where, what: `${field.least}:${field.most}`, why: 'repeat' });
}

function fieldOf(work: Work, part: FimField, key: string): Field {
  const kind = kindOf(part);
  noteField(work, part, kind);
  const condition = work.conditions.get(part);
  const isOptional = part.least === 0 && !condition?.isNeeded;
  return {
    key,
    kind,
    label: words(part.label),
    ...boundsOf(part, kind),
    ...(part.hint && { hint: words(part.hint, definitionLimits.text) }),
    ...(isOptional && { isOptional }),
    ...(condition && { when: condition.when }),
    ...((kind === 'choice' || kind === 'several') && { options: part.values.map(optionOf) }),
    ...(part.type === 'num_int' && kind === 'number' && { decimals: 0 }),
    ...(part.bounds.pattern === postcode && kind === 'text' && { format: 'postcode' as const }),
    ...(kind === 'file' && { types: ['pdf', 'picture', 'office'] as ('pdf' | 'picture' | 'office')[] }),
    ...(kind === 'file' && { mostFiles: Math.min(definitionLimits.files, part.most) }),
    ...(kind === 'file' && part.mostBytes && { mostBytes: Math.min(part.mostBytes, definitionLimits.fileBytes) }),
  };
}

type Place = { readonly group: FimGroup | FimSchema; readonly when: Expression | null; readonly line: readonly string[] };

const both = (a: Expression | null, b: Expression | null): Expression | null => (a && b ? on.all(a, b) : (a ?? b));

/** Takes a group apart in the order in which it stands: runs of fields become pages, groups go on in the same way. */
function visit(work: Work, { group, when, line }: Place): void {
  let run: FimField[] = [];
  const flush = () => {
    if (run.length > 0) addPage(work, { group, when, line }, run);
    run = [];
  };
  readRules(work, group, line, 'own');
  for (const part of group.parts) {
    if (part.kind === 'group') {
      flush();
      readRules(work, group, line, 'again');
      visitGroup(work, part, { when, line: [...line, part.id] });
    } else {
      // What decides about a field has to be asked on a page before it.
      if (run.length >= definitionLimits.fieldsOfPage || decidesIn(work, group.rules, part, run)) {
        flush();
        readRules(work, group, line, 'again');
      }
      run.push(part);
    }
  }
  flush();
  readRules(work, group, line, 'last');
}

/** Whether a rule of the group lets a field of this run decide about the next one. */
function decidesIn(work: Work, rules: readonly FimRule[], part: FimField, run: readonly FimField[]): boolean {
  const decides = (one: FimMeaning) =>
    one.kind === 'show' && one.target === part.id && one.when.some(({ field }) => run.some(({ id }) => id === field));
  return rules.some((rule) => meaningsOf(work, rule).some(decides));
}

function visitGroup(work: Work, part: FimGroup, { when, line }: Omit<Place, 'group'>): void {
  const condition = work.conditions.get(part);
  const gate = part.least === 0 && !condition ? addGate(work, part, when) : null;
  const inner = both(both(when, condition?.when ?? null), gate);
  if (part.most > 1) {
    const isPlain = part.parts.every((one) => one.kind === 'field' && one.type !== 'file');
    if (isPlain) {
      addPage(work, { group: part, when: inner, line }, part.parts as readonly FimField[], part);
      return;
    }
    work.left.push({ where: part.label, what: `${part.least}:${part.most}`, why: 'repeat' });
  }
  visit(work, { group: part, when: inner, line });
}

/** Asks whether a group that may be left out is to be filled in. */
function addGate(work: Work, part: FimGroup, when: Expression | null): Expression {
  const key = keyOf(work, part.id);
  const label = words(`Möchten Sie Angaben machen: ${part.label}?`);
  work.pages.push({
    key: `ask${key}`,
    title: label,
    fields: [{ key, kind: 'yesNo', label: words(part.label) }],
    ...(when && { when }),
  });
  return on.is(key, true);
}

function addPage(work: Work, { group, when, line }: Place, run: readonly FimField[], repeated?: FimGroup): void {
  const shown = run.filter(({ input }) => input !== 'label');
  const notes = run.filter(({ input }) => input === 'label').map(({ content, label }) => content || label);
  const keyed = shown.map((part) => ({ part, key: keyOf(work, part.id) }));
  const fields = keyed.map(({ part, key }) => fieldOf(work, part, key));
  if (!repeated) for (const { part, key } of keyed) noteAsked(work, { key, field: part, line });
  const hint = [group.hint, ...notes].filter(Boolean).join('\n\n');
  if (fields.length === 0) return;
  const key = `p${work.pages.length + 1}`;
  const item = words(group.label, 100);
  work.pages.push({
    key,
    title: words(group.label),
    fields,
    ...(hint && { hint: words(hint, definitionLimits.text) }),
    ...(when && { when }),
    ...(repeated && {
      repeat: {
        min: Math.max(1, repeated.least),
        max: Math.min(definitionLimits.items, repeated.most),
        item,
        another: { de: 'Weitere Angabe', en: 'Another entry' },
      },
    }),
  });
}

type Asked = { readonly key: string; readonly field: FimField; readonly line: readonly string[] };

function noteAsked({ asked }: Work, one: Asked): void {
  const known = asked.get(one.field.id);
  if (known) known.push(one);
  else asked.set(one.field.id, [one]);
}

/** The condition in our words, with the field nearest to the rule's owner. Null: it has not been asked, or is not alone there. */
function expressionOf(work: Work, line: readonly string[], { field, yes, codes, names }: FimCondition): Expression | null {
  const found = work.asked.get(field) ?? [];
  const below = found.filter((one) => line.every((id, index) => one.line[index] === id));
  const chosen = below.length > 0 ? below : found.length === 1 ? found : [];
  const [only] = chosen;
  if (!only || chosen.length > 1) return null;
  if (yes !== null) return on.is(only.key, yes);
  const options = only.field.values.map((value, index) => ({ ...value, value: optionOf(value, index).value }));
  const wanted = options.filter(({ code, name }) => codes.includes(code) || names.includes(name)).map(({ value }) => value);
  return wanted.length > 0 ? on.oneOf(only.key, ...wanted) : null;
}

function* everyPart({ parts }: Place['group']): Generator<FimGroup | FimField> {
  for (const part of parts) {
    yield part;
    if (part.kind === 'group') yield* everyPart(part);
  }
}

function partsBelow({ below }: Work, group: Place['group'], id: string): readonly (FimGroup | FimField)[] {
  const known = below.get(group) ?? Map.groupBy(everyPart(group), (part) => part.id);
  below.set(group, known);
  return known.get(id) ?? [];
}

/** Rules are read again whenever more has been asked; what is left at the end of their group is left for good. */
function readRules(work: Work, group: Place['group'], line: readonly string[], time: 'own' | 'again' | 'last'): void {
  if (time === 'own') work.rules += group.rules.length;
  for (const rule of group.rules) {
    const { id, text } = rule;
    const meanings = meaningsOf(work, rule);
    const done = meanings.map((meaning) => {
      if (meaning.kind === 'show') return show(work, group, line, meaning);
      return time !== 'last' || addCheck(work, line, meaning);
    });
    const isLeft = meanings.length === 0 || done.some((one) => !one);
    if (time === 'last' && isLeft)
      work.left.push({ where: `${group.label} (${id})`, what: text, why: meanings.length === 0 ? 'rule' : 'order' });
  }
}

type Show = Extract<FimMeaning, { kind: 'show' }>;

function show(work: Work, group: Place['group'], line: readonly string[], { target, when, isNeeded }: Show): boolean {
  const [part, ...more] = partsBelow(work, group, target);
  if (!part || more.length > 0) return false;
  if (work.conditions.has(part)) return true;
  const conditions = when.map((one) => expressionOf(work, line, one));
  // One that is asked already cannot be taken back.
  const isAsked = part.kind === 'field' && work.asked.get(part.id)?.some((one) => one.field === part);
  if (isAsked || conditions.some((one) => one === null)) return false;
  const known = conditions as Expression[];
  work.conditions.set(part, { when: known.length === 1 ? (known[0] as Expression) : on.either(...known), isNeeded });
  return true;
}

type CheckMeaning = Exclude<FimMeaning, { kind: 'show' }>;

/** A check needs its fields on one page. */
function addCheck(work: Work, line: readonly string[], meaning: CheckMeaning): boolean {
  const ids = meaning.kind === 'oneOf' ? meaning.fields : [meaning.field, meaning.other];
  const keys = ids.map((id) => work.asked.get(id)?.findLast((one) => line.every((part, index) => one.line[index] === part)));
  const names = keys.flatMap((one) => (one ? [one.key] : []));
  const index = work.pages.findIndex(({ fields }) => names.every((name) => fields.some(({ key }) => key === name)));
  const page = work.pages[index];
  if (names.length < ids.length || !page || page.repeat) return false;
  const filled = names.map((name) => on.call('filled', { field: name }));
  const labels = keys.flatMap((one) => (one ? [one.field.label] : []));
  const check =
    meaning.kind === 'oneOf'
      ? { test: on.either(...filled), message: words(`Bitte füllen Sie mindestens eines davon aus: ${labels.join(', ')}.`) }
      : {
          test: on.either(on.not(filled[0] as Expression), filled[1] as Expression),
          message: words(`Bitte füllen Sie auch „${labels[1]}“ aus.`),
        };
  const field = names[meaning.kind === 'oneOf' ? 0 : 1] as string;
  work.pages[index] = { ...page, checks: [...(page.checks ?? []), { ...check, field }] };
  return true;
}

/**
 * Makes a form of a schema. What the form cannot say is listed; it is a draft for an editor, and can be filled in as it is. Throws
 * `invalid` when the schema asks for more than a form can hold.
 * @param service key of the service in the finder
 */
export function formOfSchema(schema: FimSchema, service: string): FimForm {
  const work: Work = {
    pages: [],
    left: [],
    met: new Map(),
    asked: new Map(),
    conditions: new Map(),
    rules: 0,
    meanings: new Map(),
    below: new Map(),
  };
  visit(work, { group: schema, when: null, line: [] });
  const definition = checkDefinition({
    key: `fim-${schema.id.toLowerCase()}`,
    service,
    title: words(schema.label),
    intro: words(schema.hint, definitionLimits.text),
    needs: [],
    legal: (schema.legal.length > 0 ? schema.legal : [`FIM ${schema.id}`])
      .slice(0, 20)
      .map((law) => cut(law, definitionLimits.line)),
    assurance: { level: 'none', source: words('Das Schema nennt keines; die Redaktion legt es fest.') },
    minutes: 20,
    days: 90,
    pages: work.pages,
    calculations: [],
    parameters: [],
    fee: { kind: 'none' },
    contact: { name: [] },
    declaration: { de: 'Meine Angaben sind richtig und vollständig.', en: 'What I have entered is true and complete.' },
  });
  return { definition, left: work.left, rules: work.rules };
}
