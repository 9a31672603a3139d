import { ensure } from '#platform/errors';
import { type Definition, definitionLimits, type Field, type FieldKind, type FormPage, type Text } from './rules-definition.ts';
import { editLimits, moved, nameFor } from './rules-edit-list.ts';
import { type MoveChange, pagesWith, pagesWithField, stillReads } from './rules-edit-move.ts';
import { type SumChange, summed, sumNamed } from './rules-edit-sum-step.ts';
import { checkExpression, type Expression } from './rules-expression.ts';

/**
 * Changing a form, one step at a time, as somebody does who writes it: a draft has the shape of a form, and may still have gaps. What
 * a step makes keeps within the limits; what is missing is said by `rules-edit-check.ts`, and only a whole form is published.
 */

type Repeat = NonNullable<FormPage['repeat']>;
export type Basics = Pick<
  Definition,
  'title' | 'intro' | 'needs' | 'legal' | 'assurance' | 'minutes' | 'days' | 'declaration' | 'contact'
>;
export type FieldContent = Omit<Field, 'key' | 'kind' | 'when'>;

/** A page, a question or a part of the fee whose condition it is about; or when nothing is owed at all. */
export type Spot = { readonly page: string } | { readonly field: string } | { readonly item: string } | { readonly free: true };

export type Change =
  | MoveChange
  | SumChange
  | { readonly kind: 'setBasics'; readonly basics: Basics }
  | { readonly kind: 'addPage'; readonly title: Text }
  | {
      readonly kind: 'setPage';
      readonly page: string;
      readonly title: Text;
      readonly hint: Text;
      readonly repeat: Repeat | null;
    }
  | { readonly kind: 'movePage'; readonly page: string; readonly by: -1 | 1 }
  | { readonly kind: 'removePage'; readonly page: string }
  | { readonly kind: 'addField'; readonly page: string; readonly fieldKind: FieldKind; readonly label: Text }
  | { readonly kind: 'setField'; readonly field: string; readonly content: FieldContent }
  | { readonly kind: 'moveField'; readonly field: string; readonly by: -1 | 1 }
  | { readonly kind: 'removeField'; readonly field: string }
  | { readonly kind: 'setWhen'; readonly spot: Spot; readonly when: Expression | null }
  | { readonly kind: 'setFee'; readonly fee: Definition['fee'] };

type StepName = Change['kind'] | 'begin' | 'restore' | 'undo';
/** What was done, for the history: the step, and the name of what it was done to. */
export type Did = { readonly step: StepName; readonly about: string };

/** A form with nothing in it yet. */
export function emptyForm(key: string, service: string, title: Text): Definition {
  return {
    key,
    service,
    title,
    intro: { de: '', en: '' },
    needs: [],
    legal: [],
    assurance: {
      level: 'none',
      source: {
        de: 'Keine Vorschrift verlangt einen Nachweis der Identität.',
        en: 'No provision requires a proof of identity.',
      },
    },
    minutes: 10,
    days: 30,
    pages: [],
    calculations: [],
    parameters: [],
    fee: { kind: 'none' },
    declaration: { de: 'Meine Angaben sind richtig und vollständig.', en: 'What I have entered is true and complete.' },
    contact: { name: [] },
  };
}

const gone = (what: 'page' | 'field'): never => {
  ensure(false, 'notFound', what === 'page' ? 'forms.editPageGone' : 'forms.editFieldGone');
  throw new Error('unreachable');
};

/** The page of that key. Throws `notFound`. */
export const pageOf = ({ pages }: Definition, key: string): FormPage => pages.find((page) => page.key === key) ?? gone('page');

/** The question of that key, with its page. Throws `notFound`. */
export function fieldOf({ pages }: Definition, key: string): { readonly page: FormPage; readonly field: Field } {
  for (const page of pages) {
    const field = page.fields.find((one) => one.key === key);
    if (field) return { page, field };
  }
  return gone('field');
}

const withPages = (form: Definition, pages: readonly FormPage[]): Definition => ({ ...form, pages: [...pages] });
const mapPage = (form: Definition, key: string, change: (page: FormPage) => FormPage): Definition =>
  withPages(
    form,
    form.pages.map((page) => (page.key === key ? change(page) : page)),
  );
const mapField = (form: Definition, key: string, change: (field: Field) => Field): Definition => {
  const { page } = fieldOf(form, key);
  return mapPage(form, page.key, (own) => ({
    ...own,
    fields: own.fields.map((field) => (field.key === key ? change(field) : field)),
  }));
};

/** Words that stand in addresses where a page of a form would. */
const addressWords = ['pruefen', 'speichern', 'status', 'weiter', 'ende'];

const firstOptions = [
  { value: 'a1', label: { de: 'Erste Auswahl', en: '' } },
  { value: 'a2', label: { de: 'Zweite Auswahl', en: '' } },
];

function newField(form: Definition, fieldKind: FieldKind, label: Text): Field {
  const taken = new Set(form.pages.flatMap(({ fields }) => fields.map(({ key }) => key)));
  const key = nameFor(label.de, taken, 'frage');
  return { key, kind: fieldKind, label, ...((fieldKind === 'choice' || fieldKind === 'several') && { options: firstOptions }) };
}

function withHint<Thing extends { readonly hint?: Text }>({ hint, ...rest }: Thing): Omit<Thing, 'hint'> & { hint?: Text } {
  return hint && (hint.de !== '' || hint.en !== '') ? { ...rest, hint } : rest;
}

function setPage(form: Definition, change: Extract<Change, { kind: 'setPage' }>): Definition {
  pageOf(form, change.page);
  return mapPage(form, change.page, ({ repeat: _was, ...page }) => ({
    ...withHint({ ...page, title: change.title, hint: change.hint }),
    ...(change.repeat && { repeat: change.repeat }),
  }));
}

function removePage(form: Definition, key: string): Definition {
  pageOf(form, key);
  return withPages(
    form,
    form.pages.filter((page) => page.key !== key),
  );
}

/** A check whose question is gone would stop everybody: it goes with it. */
function removeField(form: Definition, key: string): Definition {
  const { page } = fieldOf(form, key);
  return mapPage(form, page.key, ({ checks, ...own }) => ({
    ...own,
    fields: own.fields.filter((field) => field.key !== key),
    ...(checks && { checks: checks.filter((check) => check.field !== key) }),
  }));
}

function setWhen(form: Definition, spot: Spot, when: Expression | null): Definition {
  const apply = <Thing extends { when?: Expression }>({ when: _was, ...thing }: Thing) =>
    ({ ...thing, ...(when && { when }) }) as Thing;
  if ('field' in spot) return mapField(form, spot.field, apply);
  if ('item' in spot || 'free' in spot) return setFeeWhen(form, spot, when);
  pageOf(form, spot.page);
  return mapPage(form, spot.page, apply);
}

type FeeSpot = Extract<Spot, { item: string } | { free: true }>;

function setFeeWhen(form: Definition, spot: FeeSpot, when: Expression | null): Definition {
  const { fee } = form;
  ensure(fee.kind === 'sum', 'notFound', 'forms.editSumGone');
  const { free: _was, ...rest } = fee;
  if ('free' in spot) return { ...form, fee: { ...rest, ...(when && { free: when }) } };
  sumNamed(form, spot);
  const items = fee.items.map(({ when: _old, ...item }) =>
    item.key === spot.item ? { ...item, ...(when && { when }) } : { ...item, ...(_old && { when: _old }) },
  );
  return { ...form, fee: { ...fee, items } };
}

/** The form after a step. Throws `notFound` for a page or question that is gone, `tooLarge` and `invalid` at a limit. */
export function changed(form: Definition, change: Change): Definition {
  return checkSize(apply(form, change));
}

function apply(form: Definition, change: Change): Definition {
  switch (change.kind) {
    case 'setBasics':
      return { ...form, ...change.basics };
    case 'addPage': {
      const key = nameFor(change.title.de, new Set([...addressWords, ...form.pages.map((page) => page.key)]), 'seite');
      return withPages(form, [...form.pages, { key, title: change.title, fields: [] }]);
    }
    case 'setPage':
      return setPage(form, change);
    case 'movePage':
      return stillReads(form, withPages(form, moved(form.pages, form.pages.indexOf(pageOf(form, change.page)), change.by)));
    case 'placePage':
      pageOf(form, change.page);
      if (change.after !== null) pageOf(form, change.after);
      return stillReads(form, withPages(form, pagesWith(form.pages, change.page, change.after)));
    case 'placeField':
      fieldOf(form, change.field);
      pageOf(form, change.page);
      return stillReads(form, withPages(form, pagesWithField(form.pages, change.field, change.page)));
    case 'removePage':
      return removePage(form, change.page);
    case 'addField': {
      pageOf(form, change.page);
      const field = newField(form, change.fieldKind, change.label);
      return mapPage(form, change.page, (page) => ({ ...page, fields: [...page.fields, field] }));
    }
    case 'setField':
      return mapField(form, change.field, ({ key, kind, when }) =>
        withHint({ key, kind, ...change.content, ...(when && { when }) }),
      );
    case 'moveField': {
      const { page, field } = fieldOf(form, change.field);
      return mapPage(form, page.key, (own) => ({ ...own, fields: moved(own.fields, own.fields.indexOf(field), change.by) }));
    }
    case 'removeField':
      return removeField(form, change.field);
    case 'setWhen':
      return setWhen(form, change.spot, change.when);
    case 'setFee':
      return { ...form, fee: change.fee };
    default:
      return summed(form, change);
  }
}

/** What a condition decides about, by name. Throws `notFound`. */
export function spotNamed(form: Definition, spot: Spot): Text {
  if ('field' in spot) return fieldOf(form, spot.field).field.label;
  if ('page' in spot) return pageOf(form, spot.page).title;
  if ('free' in spot) return { de: 'Gebührenfrei', en: 'Free of charge' };
  const name = sumNamed(form, spot);
  return (form.fee.kind === 'sum' && form.fee.items.find(({ key }) => key === spot.item)?.label) || { de: name, en: name };
}

/** What a step was about, as people call it. */
export function aboutOf(form: Definition, change: Change): string {
  switch (change.kind) {
    case 'addPage':
      return change.title.de;
    case 'addField':
    case 'addItem':
    case 'addValue':
    case 'setSum':
      return change.label.de;
    case 'moveSum':
    case 'removeSum':
      return sumNamed(form, change.spot);
    case 'setPage':
    case 'movePage':
    case 'placePage':
    case 'removePage':
      return pageOf(form, change.page).title.de;
    case 'setField':
    case 'moveField':
    case 'placeField':
    case 'removeField':
      return fieldOf(form, change.field).field.label.de;
    case 'setWhen':
      return spotNamed(form, change.spot).de;
    default:
      return '';
  }
}

const tooMany = (count: number, limit: number, code: string) => ensure(count <= limit, 'tooLarge', code, { limit });

/**
 * Whatever a step made, and whatever was taken over, keeps within the limits of a form. Throws `tooLarge` with the limit by name,
 * `invalid` for a text that is too long or a condition that is none.
 */
export function checkSize(form: Definition): Definition {
  const { pages } = form;
  tooMany(pages.length, definitionLimits.pages, 'forms.editPages');
  let fields = 0;
  for (const page of pages) {
    fields += page.fields.length;
    tooMany(page.fields.length, definitionLimits.fieldsOfPage, 'forms.editFieldsOfPage');
    if (page.when) checkExpression(page.when, page.title.de);
    for (const field of page.fields) {
      tooMany(field.options?.length ?? 0, definitionLimits.options, 'forms.editOptions');
      if (field.when) checkExpression(field.when, field.label.de);
    }
  }
  for (const { label, value } of form.calculations) checkExpression(value, label.de);
  if (form.fee.kind === 'sum') {
    const { items, free } = form.fee;
    if (free) checkExpression(free, 'fee');
    for (const { label, amount, when } of items)
      for (const part of [amount, ...(when ? [when] : [])]) checkExpression(part, label.de);
  }
  tooMany(fields, definitionLimits.fields, 'forms.editFields');
  ensure(Buffer.byteLength(JSON.stringify(form)) <= editLimits.bytes, 'tooLarge', 'forms.editBytes', { limit: editLimits.bytes });
  return form;
}

/** Texts that were left empty in English read as the German ones: what is published says something in both languages. */
export function completed<Part>(part: Part): Part {
  if (Array.isArray(part)) return part.map((one) => completed(one)) as Part;
  if (typeof part !== 'object' || part === null) return part;
  const entries = Object.entries(part);
  const { de, en } = part as Partial<Record<'de' | 'en', unknown>>;
  if (entries.length === 2 && typeof de === 'string' && en === '') return { de, en: de } as Part;
  return Object.fromEntries(entries.map(([name, value]) => [name, completed(value)])) as Part;
}
