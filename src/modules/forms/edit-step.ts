import type { Context } from '#platform/context';
import { ensure } from '#platform/errors';
import { changeOwnForm, lookAtOwnForm, type OwnFormView } from './edit.ts';
import type { Text } from './rules-definition.ts';
import { type Change, fieldOf, pageOf, type Spot } from './rules-edit.ts';
import {
  type Comparison,
  comparisonsOf,
  expressionOf,
  needsValue,
  type Rules,
  readRule,
  rulesOf,
  subjectsBefore,
} from './rules-edit-condition.ts';
import { type FeeInput, type FeeShape, feeShapeOf, feeSubjects, readFee } from './rules-edit-fee.ts';
import {
  neededText,
  readBasics,
  readField,
  readKind,
  readPage,
  type TypedBasics,
  type TypedField,
  type TypedPage,
  tidy,
  tidyText,
} from './rules-edit-field.ts';
import { conditionInWords } from './rules-edit-words.ts';

/** The steps of somebody who writes a form. Each throws as `changeOwnForm`, and resolves with the new edition. */

/** One step further down the list, up, or away. */
export type Arrangement = 'up' | 'down' | 'remove';

export type At = { readonly form: string; readonly edition: number };

/** Adds a page at the end. */
export async function addFormPage(ctx: Context, { form, edition }: At, title: Text): Promise<number> {
  const clean = neededText(title, 'title');
  return changeOwnForm(ctx, form, { edition, change: () => ({ kind: 'addPage', title: clean }) });
}

/** Moves a page one place, or removes it with its questions. */
export async function arrangePage(ctx: Context, { form, edition }: At, page: string, how: Arrangement): Promise<number> {
  const change: Change = how === 'remove' ? { kind: 'removePage', page } : { kind: 'movePage', page, by: how === 'up' ? -1 : 1 };
  return changeOwnForm(ctx, form, { edition, change: () => change });
}

/** Saves a page's own words, and whether it repeats. */
export async function saveFormPage(ctx: Context, { form, edition }: At, page: string, typed: TypedPage): Promise<number> {
  const { title, hint, repeat } = readPage(typed);
  return changeOwnForm(ctx, form, { edition, change: () => ({ kind: 'setPage', page, title, hint, repeat: repeat ?? null }) });
}

/** Adds a question at the end of a page. */
export async function addQuestion(
  ctx: Context,
  { form, edition }: At,
  page: string,
  typed: { kind: string; label: Text },
): Promise<number> {
  const [fieldKind, label] = [readKind(typed.kind), neededText(typed.label, 'label')];
  return changeOwnForm(ctx, form, { edition, change: () => ({ kind: 'addField', page, fieldKind, label }) });
}

/** Moves a question one place on its page, or removes it. */
export async function arrangeQuestion(ctx: Context, { form, edition }: At, field: string, how: Arrangement): Promise<number> {
  const change: Change =
    how === 'remove' ? { kind: 'removeField', field } : { kind: 'moveField', field, by: how === 'up' ? -1 : 1 };
  return changeOwnForm(ctx, form, { edition, change: () => change });
}

/** Saves a question with its choices and limits. */
export async function saveQuestion(ctx: Context, { form, edition }: At, field: string, typed: TypedField): Promise<number> {
  return changeOwnForm(ctx, form, {
    edition,
    change: (definition) => ({ kind: 'setField', field, content: readField(fieldOf(definition, field).field, typed) }),
  });
}

/** Saves what is said about the whole form. */
export async function saveBasics(ctx: Context, { form, edition }: At, typed: TypedBasics): Promise<number> {
  return changeOwnForm(ctx, form, {
    edition,
    change: (definition) => ({ kind: 'setBasics', basics: readBasics(definition, typed) }),
  });
}

/** Saves what the form costs. */
export async function saveFee(ctx: Context, { form, edition }: At, typed: FeeInput): Promise<number> {
  const input: FeeInput = {
    ...{ ...typed, label: tidyText(typed.label, 'label'), hint: tidyText(typed.hint, 'hint') },
    source: tidy(typed.source, 'source'),
  };
  return changeOwnForm(ctx, form, {
    edition,
    change: (definition) => ({ kind: 'setFee', fee: readFee(definition, input) }),
  });
}

export type FeeView = {
  readonly view: OwnFormView;
  readonly shape: FeeShape;
  /** Questions the fee can depend on. */
  readonly subjects: readonly {
    readonly key: string;
    readonly label: Text;
    readonly options: readonly { readonly value: string; readonly label: Text }[];
  }[];
};

/** What the form costs, and what that can depend on. Throws `notFound`. */
export async function lookAtFee(ctx: Context, form: string): Promise<FeeView> {
  const view = await lookAtOwnForm(ctx, form);
  const subjects = feeSubjects(view.definition).map(({ key, label, options = [] }) => ({
    ...{ key, label, options: options.map((option) => ({ value: option.value, label: option.label })) },
  }));
  return { view, shape: feeShapeOf(view.definition), subjects };
}

/** What to do with a condition: one more rule, one less, all or any of them, none at all. */
export type RuleStep =
  | { readonly act: 'add'; readonly subject: string; readonly compare: string; readonly value: string }
  | { readonly act: 'drop'; readonly index: number }
  | { readonly act: 'join'; readonly join: 'all' | 'any' }
  | { readonly act: 'clear' };

/** Changes when a page or question is asked. */
export async function saveCondition(ctx: Context, { form, edition }: At, spot: Spot, step: RuleStep): Promise<number> {
  return changeOwnForm(ctx, form, {
    edition,
    change: (definition) => {
      if (step.act === 'clear') return { kind: 'setWhen', spot, when: null };
      const was = rulesOf(whenOf(definition, spot));
      ensure(was, 'conflict', 'forms.editOtherCondition');
      const next = (): Rules => {
        if (step.act === 'join') return { ...was, join: step.join };
        if (step.act === 'drop') return { ...was, rules: was.rules.filter((_rule, index) => index !== step.index) };
        return { ...was, rules: [...was.rules, readRule(subjectsBefore(definition, spot), step)] };
      };
      return { kind: 'setWhen', spot, when: expressionOf(next()) };
    },
  });
}

const whenOf = (definition: OwnFormView['definition'], spot: Spot) =>
  ('field' in spot ? fieldOf(definition, spot.field).field : pageOf(definition, spot.page)).when;

export type ConditionView = {
  readonly view: OwnFormView;
  /** The page or question it is about, by name. */
  readonly name: Text;
  readonly page: string;
  readonly join: 'all' | 'any';
  /** The rules in words; null: it was taken over from elsewhere, and can only be kept or removed. */
  readonly rules: readonly Text[] | null;
  readonly whole: Text | null;
  readonly subjects: readonly { readonly key: string; readonly label: Text; readonly page: Text }[];
  /** The question that was chosen for the next rule, with what it can be compared by. */
  readonly chosen: {
    readonly key: string;
    readonly kind: string;
    readonly comparisons: readonly { readonly name: Comparison; readonly hasValue: boolean }[];
    readonly options: readonly { readonly value: string; readonly label: Text }[];
  } | null;
};

/** When a page or question is asked, and what can be asked for next. Throws `notFound`. */
export async function lookAtCondition(ctx: Context, form: string, spot: Spot, subject: string): Promise<ConditionView> {
  const view = await lookAtOwnForm(ctx, form);
  const { definition } = view;
  const page = 'field' in spot ? fieldOf(definition, spot.field).page : pageOf(definition, spot.page);
  const when = whenOf(definition, spot);
  const rules = rulesOf(when);
  const subjects = subjectsBefore(definition, spot);
  const chosen = subjects.find(({ key }) => key === subject);
  return {
    view,
    name: 'field' in spot ? fieldOf(definition, spot.field).field.label : page.title,
    page: page.key,
    join: rules?.join ?? 'all',
    rules:
      rules?.rules.map(
        (rule) => conditionInWords(expressionOf({ join: 'all', rules: [rule] }) ?? undefined, definition) ?? page.title,
      ) ?? null,
    whole: conditionInWords(when, definition),
    subjects: subjects.map((one) => ({ key: one.key, label: one.field?.label ?? one.page.title, page: one.page.title })),
    chosen: chosen
      ? {
          key: chosen.key,
          kind: chosen.field?.kind ?? 'count',
          comparisons: comparisonsOf(chosen).map((name) => ({ name, hasValue: needsValue(name) })),
          options: chosen.field?.options?.map(({ value, label }) => ({ value, label })) ?? [],
        }
      : null,
  };
}
