import { ensure } from '#platform/errors';
import type { Definition, Field } from './rules-definition.ts';
import { editLimits } from './rules-edit-list.ts';
import { readAmount } from './rules-edit-sum.ts';
import type { Expression } from './rules-expression.ts';

/** What a form costs, as people set it: nothing, one amount, an amount for each choice of an answer, or set later by the office. */

/** `items`: of several parts, or calculated. */
export type FeeShape =
  | { readonly kind: 'none' | 'later' | 'items' }
  | { readonly kind: 'fixed'; readonly cents: number }
  | { readonly kind: 'choice'; readonly field: string; readonly cents: Readonly<Record<string, number>> };

const centsOf = (amount: Expression): number | null =>
  'value' in amount && typeof amount.value === 'number' ? amount.value : null;

/** The choice an item of a fee stands for. */
function choiceOf(when: Expression | undefined): { readonly field: string; readonly value: string } | null {
  if (!when || !('op' in when) || when.op !== 'eq') return null;
  const [source, constant] = when.args;
  if (!source || !('field' in source) || !constant || !('value' in constant)) return null;
  return typeof constant.value === 'string' ? { field: source.field, value: constant.value } : null;
}

/** How a fee was set. */
export function feeShapeOf({ fee }: Pick<Definition, 'fee'>): FeeShape {
  if (fee.kind !== 'sum') return { kind: fee.kind };
  const items = fee.items.map(({ amount, when }) => ({ cents: centsOf(amount), when, choice: choiceOf(when) }));
  const [first] = items;
  if (fee.free) return { kind: 'items' };
  if (items.length === 1 && first?.cents != null && !first.when) return { kind: 'fixed', cents: first.cents };
  const field = first?.choice?.field;
  const isChoice = field !== undefined && items.every(({ cents, choice }) => cents !== null && choice?.field === field);
  if (!isChoice) return { kind: 'items' };
  return { kind: 'choice', field, cents: Object.fromEntries(items.map(({ cents, choice }) => [choice?.value, cents ?? 0])) };
}

/** The questions a fee can depend on: one choice, asked once. */
export const feeSubjects = ({ pages }: Definition): Field[] =>
  pages.flatMap(({ repeat, fields }) =>
    repeat ? [] : fields.filter(({ kind, options }) => kind === 'choice' && (options?.length ?? 0) <= editLimits.feeItems),
  );

export type FeeInput = {
  readonly kind: string;
  /** Euros. */
  readonly amount: string;
  readonly label: { readonly de: string; readonly en: string };
  readonly source: string;
  readonly hint: { readonly de: string; readonly en: string };
  readonly field: string;
  /** Euros, by the value of the choice. */
  readonly amounts: Readonly<Record<string, string>>;
};

/** The fee somebody has set. Throws `invalid` for an amount that is none, or a question it cannot depend on. */
export function readFee(form: Definition, input: FeeInput): Definition['fee'] {
  const law = input.source === '' ? {} : { source: input.source };
  switch (input.kind) {
    case 'none':
      return { kind: 'none' };
    case 'later':
      return { kind: 'later', hint: input.hint };
    case 'fixed': {
      const amount = { value: readAmount(input.amount, 'money', 'amount') };
      const { de, en } = input.label;
      const label = de === '' ? { de: 'Gebühr', en: 'Fee' } : { de, en };
      return { kind: 'sum', items: [{ key: 'fee', label, amount, ...law }] };
    }
    case 'choice': {
      const field = feeSubjects(form).find(({ key }) => key === input.field);
      ensure(field, 'invalid', 'forms.editFeeField', { field: 'field' });
      const items = (field.options ?? []).map(({ value, label }, index) => ({
        key: `fee${index + 1}`,
        label,
        amount: { value: readAmount(input.amounts[value] ?? '', 'money', `amount.${value}`) },
        when: { op: 'eq', args: [{ field: field.key }, { value }] } satisfies Expression,
        ...law,
      }));
      return { kind: 'sum', items };
    }
    default:
      return form.fee;
  }
}
