import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { Icon } from './icon.tsx';
import { classes, type Dictionary, useWords } from './view.tsx';

type DropZoneProps = {
  /** Called with what was dropped; folders come as entries so that the page can walk them. */
  readonly onDrop: (items: readonly DataTransferItem[], files: readonly File[]) => void;
  /** Where it lands, as the hint while dragging says it: “In „Bauamt“ ablegen”. */
  readonly target: string;
  readonly children: ReactNode;
};

const words: Dictionary<{ drop: (target: string) => string }> = {
  de: { drop: (target) => `Hier loslassen, um in „${target}“ hochzuladen` },
  en: { drop: (target) => `Drop here to upload to “${target}”` },
};

/**
 * Takes files that are dragged from the desktop onto everything inside. It is an addition: the way for keyboard, screen reader
 * and no script is an upload form with a `FileField` on the same page.
 */
export function DropZone({ onDrop, target, children }: DropZoneProps) {
  const labels = useWords(words);
  const [isOver, setIsOver] = useState(false);
  // Enter and leave also come for every child: only the difference tells whether the pointer is still inside.
  const depth = useRef(0);
  const move = (change: number) => (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    depth.current = Math.max(0, depth.current + change);
    setIsOver(depth.current > 0);
  };
  const drop = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    depth.current = 0;
    setIsOver(false);
    onDrop([...event.dataTransfer.items], [...event.dataTransfer.files]);
  };
  return (
    <section
      className={classes('dropzone', isOver && 'over')}
      aria-label={target}
      onDragEnter={move(1)}
      onDragLeave={move(-1)}
      onDragOver={move(0)}
      onDrop={drop}
    >
      {children}
      {isOver && (
        <div className="dropzone-hint" aria-hidden>
          <Icon name="upload" />
          {labels.drop(target)}
        </div>
      )}
    </section>
  );
}
