import { State, type Tone } from '#ui/alert';
import { TextLink } from '#ui/button';
import { dayInFigures } from '#ui/format';
import { type Column, Table } from '#ui/table';
import { useView, useWords } from '#ui/view';
import type { VersionState } from '../rules.ts';
import type { Entry } from '../store/entries.ts';
import { editorTexts, kindTexts, versionTexts } from './editor-texts.ts';

/** A state's colour; its word says the same. */
export const stateTones: Readonly<Record<VersionState, Tone>> = {
  draft: 'info',
  submitted: 'warning',
  published: 'success',
  superseded: 'neutral',
  discarded: 'neutral',
  withdrawn: 'neutral',
};

/** Noon, so that a day stays the same day in every zone of Europe. */

/** What is published of an entry, and what is being worked on. */
export function EntryState({ entry: { published, draftState } }: { readonly entry: Pick<Entry, 'published' | 'draftState'> }) {
  const labels = useWords(editorTexts);
  const states = useWords(versionTexts);
  return (
    <>
      <State tone={published === null ? 'neutral' : 'success'}>
        {published === null ? labels.unpublished : labels.published}
      </State>{' '}
      {draftState && <State tone={stateTones[draftState]}>{states[draftState]}</State>}
    </>
  );
}

/** Entries of the editors as a list. */
export function EntryTable({ caption, rows }: { readonly caption: string; readonly rows: readonly Entry[] }) {
  const labels = useWords(editorTexts);
  const kinds = useWords(kindTexts);
  const { locale } = useView();
  const columns: readonly Column<Entry>[] = [
    {
      key: 'entry',
      label: labels.entry,
      kind: 'name',
      cell: ({ id, title, key, kind }) => (
        <>
          <TextLink to={`/redaktion/${id}`}>{title}</TextLink>
          <span className="below">
            {kinds[kind]}, {key}
          </span>
        </>
      ),
    },
    { key: 'state', label: labels.state, cell: (entry) => <EntryState entry={entry} /> },
    {
      key: 'author',
      label: labels.author,
      cell: ({ draftAuthorName, draftChangedAt }) =>
        draftAuthorName === null || draftChangedAt === null ? '–' : `${draftAuthorName}, ${dayInFigures(locale, draftChangedAt)}`,
    },
    {
      key: 'review',
      label: labels.review,
      cell: ({ reviewOn, published }) => (published !== null && reviewOn !== null ? dayInFigures(locale, reviewOn) : '–'),
    },
  ];
  return <Table caption={caption} rows={rows} keyOf={({ id }) => id} columns={columns} />;
}
