import { type Static, Type } from 'typebox';
import Schema from 'typebox/schema';
import { ensure } from '#platform/errors';
import { checkExpression, type Expression, type References } from './rules-expression.ts';

/**
 * What a form is: pages of questions with conditions, calculated values, fees and checks, in German and English. One version of
 * it never changes; drafts stay on the version they were begun with.
 */

export const definitionLimits = {
  pages: 150,
  fieldsOfPage: 40,
  fields: 500,
  options: 300,
  calculations: 60,
  parameters: 60,
  items: 50,
  text: 4_000,
  line: 400,
  files: 20,
  fileBytes: 200_000_000,
};

const { line, text: longText } = definitionLimits;
const key = Type.String({ pattern: '^[a-z][a-zA-Z0-9]{0,39}$' });
const Line = Type.Object(
  { de: Type.String({ minLength: 1, maxLength: line }), en: Type.String({ minLength: 1, maxLength: line }) },
  { additionalProperties: false },
);
const Words = Type.Object(
  { de: Type.String({ maxLength: longText }), en: Type.String({ maxLength: longText }) },
  { additionalProperties: false },
);
const Condition = Type.Unsafe<Expression>(Type.Object({}));
const closed = { additionalProperties: false };

export const fieldKinds = [
  ...(['text', 'longText', 'number', 'money', 'date', 'yesNo', 'choice'] as const),
  ...(['several', 'address', 'iban', 'email', 'phone', 'file'] as const),
] as const;
export type FieldKind = (typeof fieldKinds)[number];

/** Named forms of a text: a definition cannot bring a pattern of its own, which could take for ever to compare. */
export const formats = ['postcode', 'plate', 'digits', 'name', 'chip'] as const;
/** Kinds of files by what they really are, not by their name. */
export const fileTypes = ['pdf', 'picture', 'office', 'plan'] as const;

/** What a confirmed identity can answer, and in which kind of field. */
const identityFields = ['givenName', 'familyName', 'birthDate', 'address'] as const;
const kindOfIdentity = { givenName: 'text', familyName: 'text', birthDate: 'date', address: 'address' } as const;

const Option = Type.Object(
  { value: Type.String({ pattern: '^[\\w.:/-]{1,80}$' }), label: Line, hint: Type.Optional(Words) },
  closed,
);

const Field = Type.Object(
  {
    key,
    kind: Type.Enum(fieldKinds),
    label: Line,
    hint: Type.Optional(Words),
    /** Questions are to be answered unless they say otherwise. */
    isOptional: Type.Optional(Type.Boolean()),
    when: Type.Optional(Condition),
    options: Type.Optional(Type.Array(Option, { minItems: 1, maxItems: definitionLimits.options })),
    /** Numbers and money (cents): the number; days: ISO or `today`. */
    min: Type.Optional(Type.Union([Type.Number(), Type.String({ pattern: '^(today|\\d{4}-\\d{2}-\\d{2})$' })])),
    max: Type.Optional(Type.Union([Type.Number(), Type.String({ pattern: '^(today|\\d{4}-\\d{2}-\\d{2})$' })])),
    decimals: Type.Optional(Type.Integer({ minimum: 0, maximum: 6 })),
    minLength: Type.Optional(Type.Integer({ minimum: 0, maximum: longText })),
    maxLength: Type.Optional(Type.Integer({ minimum: 1, maximum: longText })),
    format: Type.Optional(Type.Enum(formats)),
    /** Purpose for the browser's own filling in: WCAG 2.1, 1.3.5. */
    autocomplete: Type.Optional(Type.String({ pattern: '^[a-z-]{2,40}$' })),
    types: Type.Optional(Type.Array(Type.Enum(fileTypes), { minItems: 1 })),
    /** Filled in from a confirmed identity, and marked as confirmed while it stays as it was. */
    identity: Type.Optional(Type.Enum(identityFields)),
    mostFiles: Type.Optional(Type.Integer({ minimum: 1, maximum: definitionLimits.files })),
    mostBytes: Type.Optional(Type.Integer({ minimum: 1, maximum: definitionLimits.fileBytes })),
  },
  closed,
);

const Check = Type.Object({ test: Condition, message: Line, field: key }, closed);

const Page = Type.Object(
  {
    key,
    title: Line,
    hint: Type.Optional(Words),
    when: Type.Optional(Condition),
    fields: Type.Array(Field, { minItems: 1, maxItems: definitionLimits.fieldsOfPage }),
    /** What must be true of the answers, and the sentence when it is not. */
    checks: Type.Optional(Type.Array(Check, { maxItems: 20 })),
    repeat: Type.Optional(
      Type.Object(
        {
          min: Type.Integer({ minimum: 1, maximum: definitionLimits.items }),
          max: Type.Integer({ minimum: 1, maximum: definitionLimits.items }),
          /** One entry by name: “Hund”. */
          item: Line,
          another: Line,
        },
        closed,
      ),
    ),
  },
  closed,
);

const FeeItem = Type.Object(
  {
    key,
    label: Line,
    amount: Condition,
    when: Type.Optional(Condition),
    source: Type.Optional(Type.String({ maxLength: line })),
  },
  closed,
);
const Fee = Type.Union([
  Type.Object({ kind: Type.Literal('none') }, closed),
  Type.Object({ kind: Type.Literal('later'), hint: Words }, closed),
  Type.Object(
    {
      kind: Type.Literal('sum'),
      items: Type.Array(FeeItem, { minItems: 1, maxItems: 30 }),
      /** Nothing is owed when it holds. */
      free: Type.Optional(Condition),
    },
    closed,
  ),
]);

const Parameter = Type.Object(
  {
    key,
    kind: Type.Union([Type.Literal('money'), Type.Literal('number'), Type.Literal('text'), Type.Literal('yesNo')]),
    label: Line,
    value: Type.Union([Type.String({ maxLength: line }), Type.Number(), Type.Boolean()]),
  },
  closed,
);

export const assuranceLevels = ['none', 'account', 'basic', 'substantial', 'high'] as const;

const DefinitionSchema = Type.Object(
  {
    key: Type.String({ pattern: '^[a-z][a-z0-9-]{1,59}$' }),
    /** Key of the service in the finder. */
    service: Type.String({ pattern: '^[a-z0-9][a-z0-9._-]{0,79}$' }),
    title: Line,
    intro: Words,
    /** What one should have at hand. */
    needs: Type.Array(Line, { maxItems: 30 }),
    legal: Type.Array(Type.String({ minLength: 1, maxLength: line }), { minItems: 1, maxItems: 20 }),
    /** How surely the applicant must be known, and by which law; the lowest that suffices. */
    /** `page`: it is asked for before this page; otherwise before sending. */
    assurance: Type.Object({ level: Type.Enum(assuranceLevels), source: Words, page: Type.Optional(key) }, closed),
    minutes: Type.Integer({ minimum: 1, maximum: 600 }),
    /** Days within which the office usually decides. */
    days: Type.Integer({ minimum: 1, maximum: 730 }),
    pages: Type.Array(Page, { minItems: 1, maxItems: definitionLimits.pages }),
    calculations: Type.Array(
      Type.Object({ key, label: Line, value: Condition, kind: Type.Enum(['number', 'money', 'hidden'] as const) }, closed),
      {
        maxItems: definitionLimits.calculations,
      },
    ),
    parameters: Type.Array(Parameter, { maxItems: definitionLimits.parameters }),
    fee: Fee,
    declaration: Words,
    /** Which answers say who applies: names in their order, where to write. */
    contact: Type.Object(
      { name: Type.Array(key, { maxItems: 4 }), mail: Type.Optional(key), address: Type.Optional(key) },
      closed,
    ),
    /** Offices of other authorities that give their statement. */
    statements: Type.Optional(Type.Array(Line, { maxItems: 20 })),
  },
  closed,
);

export type Definition = Static<typeof DefinitionSchema>;
export type FormPage = Definition['pages'][number];
export type Field = FormPage['fields'][number];
export type Text = { readonly de: string; readonly en: string };

/** Words that stand in addresses where a page of a form would. */
const reservedKeys = new Set(['pruefen', 'speichern', 'ausweisen', 'status', 'weiter']);
/** Names every object has from birth: something would be found under them where nobody has answered. */
export const isInborn = (name: string): boolean => name in Object.prototype;
export const addressParts = ['street', 'number', 'postcode', 'town'] as const;

const fieldsOf = ({ pages }: Definition) => pages.flatMap((page) => page.fields.map((field) => ({ page, field })));

/** Every name a condition may use for a field: itself, and the parts of an address. */
const namesOf = ({ key: name, kind }: Pick<Field, 'key' | 'kind'>): string[] =>
  kind === 'address' ? [name, ...addressParts.map((part) => `${name}.${part}`)] : [name];

const refuse = (where: string, detail: string): never => {
  ensure(false, 'invalid', 'forms.definitionForm', { field: where, detail });
  throw new Error('unreachable');
};

/**
 * What somebody sent, as a definition: shape, names, and that conditions look back and never ahead, so that every way through
 * the form ends. Throws `invalid` with the place that is wrong.
 */
export function checkDefinition(given: unknown): Definition {
  if (!Schema.Check(DefinitionSchema, given)) {
    const [, errors] = Schema.Errors(DefinitionSchema, given);
    const [first] = errors;
    refuse(first?.instancePath || '/', first?.message ?? 'shape');
  }
  const definition = given as Definition;
  checkNames(definition);
  checkFields(definition);
  checkConditions(definition);
  return definition;
}

function checkNames(definition: Definition): void {
  const seen = new Set<string>();
  const take = (where: string, name: string) => (seen.has(name) ? refuse(where, `“${name}” stands twice`) : seen.add(name));
  if (fieldsOf(definition).length > definitionLimits.fields) refuse('/pages', `more than ${definitionLimits.fields} fields`);
  if (reservedKeys.has(definition.key)) refuse('/key', 'reserved');
  const { pages, calculations, parameters } = definition;
  const named = [...pages, ...fieldsOf(definition).map(({ field }) => field), ...calculations, ...parameters];
  for (const one of named) if (isInborn(one.key)) refuse(`/${one.key}`, 'reserved');
  const { page: asked } = definition.assurance;
  if (asked && !definition.pages.some((page) => page.key === asked)) refuse('/assurance', `“${asked}” is not known`);
  for (const page of definition.pages) {
    if (reservedKeys.has(page.key)) refuse(`/pages/${page.key}`, 'reserved');
    take(`/pages/${page.key}`, `page ${page.key}`);
  }
  for (const { field } of fieldsOf(definition)) take(`/fields/${field.key}`, field.key);
  for (const calculation of definition.calculations) take(`/calculations/${calculation.key}`, `calc ${calculation.key}`);
  for (const parameter of definition.parameters) take(`/parameters/${parameter.key}`, `param ${parameter.key}`);
}

function checkFields(definition: Definition): void {
  for (const { page, field } of fieldsOf(definition)) {
    const where = `/fields/${field.key}`;
    const isPick = field.kind === 'choice' || field.kind === 'several';
    if (isPick !== (field.options !== undefined)) refuse(where, 'options');
    const values = field.options?.map(({ value }) => value) ?? [];
    if (new Set(values).size !== values.length) refuse(where, 'options twice');
    // Entries of a repeated page are told apart by their place, which changes when one is removed: a file could change its owner.
    if (field.kind === 'file' && page.repeat) refuse(where, 'no files on repeated pages');
    if (field.identity && (page.repeat || field.kind !== kindOfIdentity[field.identity])) refuse(where, 'identity');
    if (page.repeat && page.repeat.min > page.repeat.max) refuse(`/pages/${page.key}`, 'repeat');
    for (const bound of [field.min, field.max]) {
      const fits = bound === undefined || (typeof bound === 'string') === (field.kind === 'date');
      if (!fits) refuse(where, 'bounds');
    }
  }
}

type Known = {
  readonly fields: Set<string>;
  readonly calcs: Set<string>;
  readonly params: Set<string>;
  readonly pages: Set<string>;
};

function checkReferences({ fields, params, calcs, pages }: References, known: Known, where: string): void {
  for (const [wanted, there] of [
    [fields, known.fields],
    [params, known.params],
    [calcs, known.calcs],
    [pages, known.pages],
  ] as const)
    for (const name of wanted) if (!there.has(name)) refuse(where, `“${name}” is not known here`);
}

/**
 * A page's condition may look at what was asked on pages before it; a check at its own page too. Calculations see all answers and
 * the calculations above them: no circle can be written down.
 */
function checkConditions(definition: Definition): void {
  const params = new Set(definition.parameters.map((parameter) => parameter.key));
  const known: Known = { fields: new Set(), calcs: new Set(), params, pages: new Set() };
  for (const page of definition.pages) {
    const where = `/pages/${page.key}`;
    if (page.when) checkReferences(checkExpression(page.when, where), known, where);
    for (const field of page.fields)
      if (field.when) checkReferences(checkExpression(field.when, `/fields/${field.key}`), known, `/fields/${field.key}`);
    // Outside its page a repeated answer has many values: it is reached through `sum` and `some` only.
    const own = page.fields.flatMap(namesOf);
    const here: Known = { ...known, fields: new Set([...known.fields, ...own]), pages: new Set([...known.pages, page.key]) };
    for (const check of page.checks ?? []) {
      checkReferences(checkExpression(check.test, where), here, where);
      if (!own.includes(check.field)) refuse(where, `“${check.field}” is not on this page`);
    }
    for (const name of own) known.fields.add(name);
    if (page.repeat) known.pages.add(page.key);
  }
  for (const { key: name, value } of definition.calculations) {
    const where = `/calculations/${name}`;
    checkReferences(checkExpression(value, where), known, where);
    known.calcs.add(name);
  }
  const { name, mail, address } = definition.contact;
  for (const wanted of [...name, ...(mail ? [mail] : []), ...(address ? [address] : [])])
    if (!known.fields.has(wanted)) refuse('/contact', `“${wanted}” is not known`);
  if (definition.fee.kind !== 'sum') return;
  const { free } = definition.fee;
  if (free) checkReferences(checkExpression(free, '/fee'), known, '/fee');
  for (const item of definition.fee.items) {
    const where = `/fee/${item.key}`;
    checkReferences(checkExpression(item.amount, where), known, where);
    if (item.when) checkReferences(checkExpression(item.when, where), known, where);
  }
}
