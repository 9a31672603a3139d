import { Moment } from '#ui/format';

type DeviceNameProps = {
  readonly name: string;
  readonly wipeOrderedAt: Date | null;
  readonly wipedAt: Date | null;
  readonly labels: { readonly wipeOrdered: string; readonly wiped: string };
};

/** The name of a device, and what became of an order to remove what it holds. */
export function DeviceName({ name, wipeOrderedAt, wipedAt, labels }: DeviceNameProps) {
  if (wipeOrderedAt === null) return name;
  return (
    <>
      {name}
      <span className="below">
        {wipedAt === null ? labels.wipeOrdered : labels.wiped} <Moment at={wipedAt ?? wipeOrderedAt} />
      </span>
    </>
  );
}
