import { TextLink } from '#ui/button';
import { Time } from '#ui/format';
import { IconLink, useFollow } from '#ui/icon-link';
import { Table } from '#ui/table';
import { type Dictionary, useWords } from '#ui/view';
import type { PlacedRow } from '../rows.ts';
import { folderPath } from './address.ts';
import { folderTexts } from './folder-texts.ts';
import { NameCell } from './name-cell.tsx';

/** A row of a list whose entries come from many folders. */
export type Placed = Omit<PlacedRow, 'space' | 'path'> & { readonly where: string };

const words: Dictionary<{ place: string; own: string }> = {
  de: { place: 'Ort', own: 'Meine Dateien' },
  en: { place: 'Place', own: 'My files' },
};

/** What the page needs of a row; the own space has no name, so it gets one. */
export function placedOf(locale: 'de' | 'en', { space: _space, path, ...row }: PlacedRow): Placed {
  const [first, ...rest] = path;
  return { ...row, where: [first || words[locale].own, ...rest].join(' › ') };
}

type PlacedListProps = { readonly caption: string; readonly rows: readonly Placed[]; readonly now: number };

/** Files and folders from anywhere, each with the way to its folder. */
export function PlacedList({ caption, rows, now }: PlacedListProps) {
  const labels = useWords(folderTexts);
  const { place } = useWords(words);
  const follow = useFollow();
  return (
    <Table
      caption={caption}
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        { key: 'name', label: labels.name, kind: 'name', cell: (row) => <NameCell row={row} follow={follow} /> },
        { key: 'where', label: place, cell: ({ where, parent }) => <TextLink to={folderPath(parent)}>{where}</TextLink> },
        { key: 'by', label: labels.by, cell: ({ by }) => by ?? '' },
        { key: 'when', label: labels.modified, cell: ({ modified }) => <Time at={new Date(modified)} now={now} /> },
        {
          key: 'more',
          label: labels.details,
          kind: 'actions',
          cell: ({ id, name, parent }) => (
            <IconLink icon="info" label={labels.detailsOf(name)} to={`${folderPath(parent)}/eintrag/${id}`} />
          ),
        },
      ]}
    />
  );
}
