import { type FormEvent, type KeyboardEvent, type MouseEvent, useEffect, useId, useRef, useState } from 'react';
import { FitName } from '#ui/fit';
import { Icon } from '#ui/icon';
import { type Dictionary, useView, useWords } from '#ui/view';
import type { Row } from '../rows.ts';
import { contentPath, folderPath } from './address.ts';
import { kindNamed, kindOf } from './kinds.ts';

type NameProps = {
  readonly row: Pick<Row, 'id' | 'name' | 'isFolder'>;
  readonly search?: string;
  readonly isFavourite?: boolean;
  readonly follow: (event: MouseEvent<HTMLAnchorElement>) => void;
};

const words: Dictionary<{ favourite: string; newName: string; enter: string }> = {
  de: { favourite: 'Favorit', newName: 'Neuer Name', enter: 'Eingabetaste: umbenennen. Esc: so lassen.' },
  en: { favourite: 'Favourite', newName: 'New name', enter: 'Enter: rename. Esc: leave as it is.' },
};

/** The sign of a sort of file; its name is spoken, its colour only repeats it. */
export function KindIcon({ row }: { readonly row: { readonly name: string; readonly isFolder: boolean } }) {
  const name = kindOf(row);
  const { locale } = useView();
  const kind = kindNamed(name);
  return <Icon name={kind.icon} label={kind[locale]} look={`kind kind-${name}`} />;
}

/** Sign and name; the name leads into the folder, or to the file itself. */
export function NameCell({ row, search = '', isFavourite, follow }: NameProps) {
  const { favourite } = useWords(words);
  return (
    <span className="name-cell">
      <KindIcon row={row} />
      {row.isFolder ? (
        <a href={folderPath(row.id) + search} onClick={follow}>
          <FitName name={row.name} />
        </a>
      ) : (
        <a href={contentPath(row.id)} download>
          <FitName name={row.name} />
        </a>
      )}
      {isFavourite && <Icon name="starFull" label={favourite} look="star" />}
    </span>
  );
}

type RenameProps = {
  readonly row: Pick<Row, 'name' | 'isFolder'>;
  readonly onRename: (name: string) => void;
  /** Sent, and not answered yet. */
  readonly isSent: boolean;
  /** Why the name was not taken; what was typed stays. */
  readonly refusal: string | undefined;
  readonly onCancel: () => void;
};

/** Up to where a new name is usually typed: the extension stays. */
const stemLength = ({ name, isFolder }: RenameProps['row']) =>
  isFolder || name.lastIndexOf('.') <= 0 ? name.length : name.lastIndexOf('.');

/** The name as a field, in its place in the list. */
export function RenameField({ row, onRename, onCancel, isSent, refusal }: RenameProps) {
  const field = useRef<HTMLInputElement>(null);
  const hint = useId();
  const labels = useWords(words);
  const refused = useId();
  /** What was sent last: leaving the field sends nothing a second time. */
  const sent = useRef<string | null>(null);
  const [stem] = useState(() => stemLength(row));
  useEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(0, stem);
  }, [stem]);
  const send = () => {
    const name = field.current?.value.trim() ?? '';
    if (name === sent.current) return;
    sent.current = name;
    onRename(name);
  };
  const cancel = () => {
    // The field goes, and leaving it must not send it.
    sent.current = field.current?.value.trim() ?? '';
    onCancel();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape') cancel();
    if (event.key !== 'Enter') return;
    event.preventDefault();
    // Asked for once more, the same name is tried once more.
    if (refusal !== undefined) sent.current = null;
    send();
  };
  return (
    <span className="name-cell renaming">
      <KindIcon row={row} />
      <input
        ref={field}
        className="rename"
        defaultValue={row.name}
        aria-label={labels.newName}
        aria-describedby={refusal === undefined ? hint : `${refused} ${hint}`}
        aria-invalid={refusal !== undefined || undefined}
        readOnly={isSent}
        maxLength={255}
        autoComplete="off"
        spellCheck={false}
        onKeyDown={onKeyDown}
        onBlur={send}
        onSubmit={(event: FormEvent) => event.preventDefault()}
      />
      <span className="kern-sr-only" id={hint}>
        {labels.enter}
      </span>
      {refusal !== undefined && (
        <span className="rename-error" id={refused} role="alert">
          {refusal}
        </span>
      )}
    </span>
  );
}
