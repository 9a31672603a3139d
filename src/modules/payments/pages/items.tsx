import { Table } from '#ui/table';
import { Money } from './money.tsx';

type ItemsProps = {
  readonly items: readonly { readonly text: string; readonly quantity: number; readonly cents: number }[] | null;
  readonly labels: { readonly items: string; readonly what: string; readonly amount: string };
};

/** What a sum is made of; a single item says no more than the sum itself. */
export function Items({ items, labels }: ItemsProps) {
  if (!items || items.length < 2) return null;
  return (
    <Table
      caption={labels.items}
      showsCaption
      rows={items.map((item, index) => ({ ...item, index }))}
      keyOf={({ index }) => index}
      columns={[
        {
          key: 'text',
          label: labels.what,
          kind: 'name',
          cell: (item) => (item.quantity > 1 ? `${item.quantity} × ${item.text}` : item.text),
        },
        { key: 'cents', label: labels.amount, kind: 'number', cell: (item) => <Money cents={item.quantity * item.cents} /> },
      ]}
    />
  );
}
