import { ensure } from '#platform/errors';
import { type Definition, definitionLimits, type Text } from './rules-definition.ts';
import { editLimits, moved, nameFor } from './rules-edit-list.ts';
import { type SumSpot, sourcesFor, type Unit } from './rules-edit-sum.ts';
import { checkExpression, type Expression } from './rules-expression.ts';

/** Steps with the parts of a fee and with calculated values: a new one, its words and its amount, its place, away. */

export type SumChange =
  | { readonly kind: 'addItem'; readonly label: Text }
  | { readonly kind: 'addValue'; readonly label: Text; readonly unit: Unit }
  | {
      readonly kind: 'setSum';
      readonly spot: SumSpot;
      readonly label: Text;
      readonly amount: Expression;
      readonly source: string;
    }
  | { readonly kind: 'moveSum'; readonly spot: SumSpot; readonly by: -1 | 1 }
  | { readonly kind: 'removeSum'; readonly spot: SumSpot };

type Items = Extract<Definition['fee'], { kind: 'sum' }>['items'];
type Values = Definition['calculations'];

const itemsOf = ({ fee }: Definition): Items => (fee.kind === 'sum' ? fee.items : []);

function placeOf(form: Definition, spot: SumSpot): number {
  const list: readonly { readonly key: string }[] = 'item' in spot ? itemsOf(form) : form.calculations;
  const wanted = 'item' in spot ? spot.item : spot.value;
  const place = list.findIndex(({ key }) => key === wanted);
  ensure(place >= 0, 'notFound', 'forms.editSumGone');
  return place;
}

/** What it is called. Throws `notFound`. */
export function sumNamed(form: Definition, spot: SumSpot): string {
  const place = placeOf(form, spot);
  return ('item' in spot ? itemsOf(form) : form.calculations)[place]?.label.de ?? '';
}

/** Without a part nothing is owed. */
function withItems(form: Definition, items: Items): Definition {
  const { fee } = form;
  if (items.length === 0) return { ...form, fee: { kind: 'none' } };
  return { ...form, fee: { ...(fee.kind === 'sum' ? fee : { kind: 'sum' as const }), items } };
}

const withValues = (form: Definition, calculations: Values): Definition => ({ ...form, calculations });

function added(form: Definition, change: Extract<SumChange, { kind: 'addItem' | 'addValue' }>): Definition {
  const { label } = change;
  if (change.kind === 'addItem') {
    const items = itemsOf(form);
    ensure(items.length < editLimits.feeItems, 'tooLarge', 'forms.editFeeItems', { limit: editLimits.feeItems });
    const key = nameFor(label.de, new Set(items.map((item) => item.key)), 'posten');
    return withItems(form, [...items, { key, label, amount: { value: 0 } }]);
  }
  const { calculations } = form;
  const limit = definitionLimits.calculations;
  ensure(calculations.length < limit, 'tooLarge', 'forms.editValues', { limit });
  const key = nameFor(label.de, takenNames(form), 'wert');
  return withValues(form, [...calculations, { key, label, value: { value: 0 }, kind: change.unit }]);
}

/** A value stands beside the answers in what programs get: it never bears the name of a question or page. */
const takenNames = ({ pages, calculations }: Definition): Set<string> =>
  new Set([
    ...calculations.map(({ key }) => key),
    ...pages.flatMap(({ key, fields }) => [key, ...fields.map((field) => field.key)]),
  ]);

function set(form: Definition, { spot, label, amount, source }: Extract<SumChange, { kind: 'setSum' }>): Definition {
  const place = placeOf(form, spot);
  if ('value' in spot)
    return withValues(
      form,
      form.calculations.map((one, index) => (index === place ? { ...one, label, value: amount } : one)),
    );
  const items = itemsOf(form).map(({ source: _was, ...one }, index) =>
    index === place ? { ...one, label, amount, ...(source !== '' && { source }) } : { ...one, ...(_was && { source: _was }) },
  );
  return withItems(form, items);
}

/** A value only sees those above it. Throws `conflict` with the two whose order would be wrong. */
function checkOrder(was: Definition, form: Definition): Definition {
  for (const { key, label, value } of form.calculations) {
    const above = new Set(sourcesFor(form, { value: key }).map((source) => source.key));
    const before = new Set(sourcesFor(was, { value: key }).map((source) => source.key));
    for (const wanted of checkExpression(value, label.de).calcs) {
      const source = `calc:${wanted}`;
      if (above.has(source) || !before.has(source)) continue;
      const other = form.calculations.find((one) => one.key === wanted)?.label.de ?? wanted;
      ensure(false, 'conflict', 'forms.editValueOrder', { value: label.de, other });
    }
  }
  return form;
}

/** The form after such a step. Throws `notFound`, `tooLarge` at a limit, `conflict` for an order in which nothing can be reckoned. */
export function summed(form: Definition, change: SumChange): Definition {
  switch (change.kind) {
    case 'addItem':
    case 'addValue':
      return added(form, change);
    case 'setSum':
      return set(form, change);
    case 'moveSum': {
      const place = placeOf(form, change.spot);
      return 'item' in change.spot
        ? withItems(form, moved(itemsOf(form), place, change.by))
        : checkOrder(form, withValues(form, moved(form.calculations, place, change.by)));
    }
    case 'removeSum': {
      const place = placeOf(form, change.spot);
      return 'item' in change.spot
        ? withItems(form, itemsOf(form).toSpliced(place, 1))
        : withValues(form, form.calculations.toSpliced(place, 1));
    }
  }
}
