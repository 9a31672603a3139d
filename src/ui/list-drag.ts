import type { DragEvent } from 'react';

/** What can be dragged out of a list and dropped onto its rows. An addition for the mouse: every drop has a way by keyboard too. */
export type ListDrag<Row> = {
  readonly canStart: (row: Row) => boolean;
  readonly onStart: (row: Row, transfer: DataTransfer) => void;
  /** Whether something of these kinds may be dropped on the row. */
  readonly accepts: (row: Row, types: readonly string[]) => boolean;
  readonly onDrop: (row: Row, transfer: DataTransfer) => void;
};

const over = 'drop-here';

/** Attributes of a row for dragging. */
export function rowDrag<Row>(drag: ListDrag<Row> | undefined, row: Row) {
  if (!drag) return {};
  const isWelcome = (event: DragEvent) => drag.accepts(row, event.dataTransfer.types);
  return {
    draggable: drag.canStart(row),
    onDragStart: (event: DragEvent) => drag.onStart(row, event.dataTransfer),
    onDragOver: (event: DragEvent) => {
      if (!isWelcome(event)) return;
      event.preventDefault();
      event.currentTarget.classList.add(over);
    },
    onDragLeave: (event: DragEvent) => event.currentTarget.classList.remove(over),
    onDrop: (event: DragEvent) => {
      event.currentTarget.classList.remove(over);
      if (!isWelcome(event)) return;
      event.preventDefault();
      event.stopPropagation();
      drag.onDrop(row, event.dataTransfer);
    },
  };
}
