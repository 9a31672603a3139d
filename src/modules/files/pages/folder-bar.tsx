import { type MouseEvent, useMemo } from 'react';
import { Button, IconButton } from '#ui/button';
import { formatBytes, formatCount } from '#ui/format';
import { useView, useWords } from '#ui/view';
import { useClip } from './clipboard.ts';
import type { FolderData } from './folder-data.ts';
import { folderTexts } from './folder-texts.ts';
import type { Rows } from './rows.ts';
import type { useDeeds } from './use-deeds.ts';

type BarProps = {
  readonly data: FolderData;
  readonly rows: Rows;
  readonly selection: ReadonlySet<number>;
  readonly deeds: ReturnType<typeof useDeeds>;
  readonly onClear: () => void;
  readonly onRename: (id: number) => void;
};

/** Above the list: what is in it, or what can be done with what is marked. Both in one place, so that the list never moves. */
export function FolderBar(props: BarProps) {
  const { selection } = props;
  return (
    <div className={selection.size > 0 ? 'list-bar some' : 'list-bar'}>
      <Idle {...props} />
      <Chosen {...props} />
      <Noted folder={props.data.id} />
    </div>
  );
}

function Idle({ data, rows, deeds }: BarProps) {
  const labels = useWords(folderTexts);
  const { locale } = useView();
  const clip = useClip();
  const { quota, role } = data.space;
  const { used, size: bytes } = rows.sizes();
  const hasLimit = data.may.isRoot && quota !== null;
  const size = hasLimit ? labels.usage(formatBytes(locale, used), formatBytes(locale, quota)) : formatBytes(locale, bytes);
  const rights = { viewer: labels.readOnly, uploader: labels.uploadOnly, editor: '', manager: '' }[role];
  return (
    <div className="when-idle">
      <span className="muted">
        {[formatCount(locale, rows.count(), labels.entries), size, rights].filter(Boolean).join(' · ')}
      </span>
      {clip && data.may.create && (
        <Button type="button" isSmall icon="paste" onClick={() => deeds.paste(clip, data.id)}>
          {labels.pasteHere(formatCount(locale, clip.ids.length, labels.entries))}
        </Button>
      )}
    </div>
  );
}

/** Says that something was cut or copied, in the folder where that happened; elsewhere the button to paste it says so. */
function Noted({ folder }: { readonly folder: number }) {
  const labels = useWords(folderTexts);
  const { locale } = useView();
  const clip = useClip();
  const count = clip?.from === folder ? formatCount(locale, clip.ids.length, labels.entries) : '';
  return (
    <span className="kern-sr-only" role="status">
      {count !== '' && (clip?.isCopy ? labels.copied(count) : labels.cut(count))}
    </span>
  );
}

function useChosenSize(rows: Rows, selection: ReadonlySet<number>): number {
  const version = rows.version();
  return useMemo(() => {
    let size = 0;
    for (let index = 0; version >= 0 && index < rows.count(); index += 1) {
      const row = rows.rowAt(index);
      if (row && selection.has(row.id)) size += row.size;
    }
    return size;
  }, [rows, selection, version]);
}

function Chosen({ data, rows, selection, deeds, onClear, onRename }: BarProps) {
  const labels = useWords(folderTexts);
  const { locale } = useView();
  const size = useChosenSize(rows, selection);
  const [only] = selection;
  const count = formatCount(locale, selection.size, labels.entries);
  /** Without script the form is sent as it is. */
  const instead = (act: () => void) => (event: MouseEvent) => {
    event.preventDefault();
    act();
  };
  return (
    <div className="when-chosen">
      <span role="status">{selection.size > 0 && labels.chosen(count, formatBytes(locale, size))}</span>
      <DoButton
        name="download"
        icon="download"
        label={labels.download}
        {...(only !== undefined && { onClick: instead(deeds.download) })}
      />
      {data.may.change && only !== undefined && selection.size === 1 && (
        <DoButton name="rename" icon="edit" label={labels.rename} onClick={instead(() => onRename(only))} />
      )}
      {data.may.change && (
        <DoButton
          name="move"
          icon="move"
          label={labels.move}
          onClick={selection.size > 0 ? instead(() => deeds.choosePlace(false)) : undefined}
        />
      )}
      <DoButton
        name="copy"
        icon="copy"
        label={labels.copy}
        onClick={selection.size > 0 ? instead(() => deeds.choosePlace(true)) : undefined}
      />
      {data.may.change && (
        <DoButton
          name="trash"
          icon="trash"
          label={labels.remove}
          onClick={selection.size > 0 ? instead(() => deeds.trash([...selection])) : undefined}
        />
      )}
      {selection.size > 0 && <IconButton icon="close" label={labels.unmark} type="button" onClick={onClear} />}
    </div>
  );
}

type DoProps = {
  readonly name: string;
  readonly icon: 'download' | 'edit' | 'move' | 'copy' | 'trash';
  readonly label: string;
  readonly onClick?: ((event: MouseEvent) => void) | undefined;
};

function DoButton({ name, icon, label, onClick }: DoProps) {
  return (
    <Button name="do" value={name} icon={icon} isSmall kind="tertiary" {...(onClick && { onClick })}>
      {label}
    </Button>
  );
}
