import type { Context } from '#platform/context';
import { ensure } from '#platform/errors';
import { changeOwnForm, lookAtOwnForm, type OwnFormView } from './edit.ts';
import type { At } from './edit-step.ts';
import type { Definition, Text } from './rules-definition.ts';
import { fieldOf, pageOf, type Spot, spotNamed } from './rules-edit.ts';
import {
  type Comparison,
  comparisonsOf,
  expressionOf,
  needsValue,
  type Rules,
  readRule,
  rulesOf,
  type Subject,
  subjectsBefore,
  type TypedRule,
} from './rules-edit-condition.ts';
import { conditionInWords } from './rules-edit-words.ts';
import type { Expression } from './rules-expression.ts';

/** When pages and questions are asked, and parts of the fee are owed. */

const unknown: Text = { de: '–', en: '–' };

/** What to do with a condition: one more rule, one less, all or any of them, none at all. */
export type RuleStep =
  | ({ readonly act: 'add' } & TypedRule)
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
      return { kind: 'setWhen', spot, when: expressionOf(next(), definition) };
    },
  });
}

function whenOf(definition: Definition, spot: Spot): Expression | undefined {
  if ('field' in spot) return fieldOf(definition, spot.field).field.when;
  if ('page' in spot) return pageOf(definition, spot.page).when;
  const { fee } = definition;
  ensure(fee.kind === 'sum', 'notFound', 'forms.editSumGone');
  if ('free' in spot) return fee.free;
  const item = fee.items.find(({ key }) => key === spot.item);
  ensure(item, 'notFound', 'forms.editSumGone');
  return item.when;
}

export type ConditionView = {
  readonly view: OwnFormView;
  /** The page or question it is about, by name. */
  readonly name: Text;
  readonly join: 'all' | 'any';
  /** The rules in words; null: it was taken over from elsewhere, and can only be kept or removed. */
  readonly rules: readonly Text[] | null;
  readonly whole: Text | null;
  readonly subjects: readonly {
    readonly key: string;
    readonly label: Text;
    readonly page: Text;
    readonly part: Subject['part'];
    readonly isMany: boolean;
  }[];
  /** The question that was chosen for the next rule, with what it can be compared by. */
  readonly chosen: {
    readonly key: string;
    readonly kind: string;
    readonly part: Subject['part'];
    readonly isMany: boolean;
    readonly comparisons: readonly { readonly name: Comparison; readonly hasValue: boolean }[];
    readonly options: readonly { readonly value: string; readonly label: Text }[];
  } | null;
};

/** When a page or question is asked, and what can be asked for next. Throws `notFound`. */
export async function lookAtCondition(ctx: Context, form: string, spot: Spot, subject: string): Promise<ConditionView> {
  const view = await lookAtOwnForm(ctx, form);
  const { definition } = view;
  const when = whenOf(definition, spot);
  const rules = rulesOf(when);
  const subjects = subjectsBefore(definition, spot);
  const chosen = subjects.find(({ key }) => key === subject);
  return {
    view,
    name: spotNamed(definition, spot),
    join: rules?.join ?? 'all',
    rules:
      rules?.rules.map(
        (rule) => conditionInWords(expressionOf({ join: 'all', rules: [rule] }, definition) ?? undefined, definition) ?? unknown,
      ) ?? null,
    whole: conditionInWords(when, definition),
    subjects: subjects.map((one) => ({
      key: one.key,
      label: one.field?.label ?? one.page.title,
      page: one.page.title,
      part: one.part,
      isMany: one.isMany,
    })),
    chosen: chosen
      ? {
          key: chosen.key,
          kind: chosen.part === null ? (chosen.field?.kind ?? 'count') : 'text',
          part: chosen.part,
          isMany: chosen.isMany,
          comparisons: comparisonsOf(chosen).map((name) => ({ name, hasValue: needsValue(name) })),
          options: chosen.field?.options?.map(({ value, label }) => ({ value, label })) ?? [],
        }
      : null,
  };
}
