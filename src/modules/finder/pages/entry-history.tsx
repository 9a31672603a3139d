import { useLoaderData } from 'react-router';
import { State } from '#ui/alert';
import { TextLink } from '#ui/button';
import { momentInFigures } from '#ui/format';
import { Section } from '#ui/page';
import { type Column, Table } from '#ui/table';
import { useView, useWords } from '#ui/view';
import type { loader } from './editor-entry.tsx';
import { editorTexts, versionTexts } from './editor-texts.ts';
import { stateTones } from './entry-table.tsx';

type Line = Awaited<ReturnType<typeof loader>>['versions'][number];

/** Every version of an entry, the newest first, each with the way to what it changed. */
export function Versions() {
  const { entry, versions } = useLoaderData<typeof loader>();
  const labels = useWords(editorTexts);
  const states = useWords(versionTexts);
  const { locale } = useView();
  const columns: readonly Column<Line>[] = [
    {
      key: 'version',
      label: labels.version,
      kind: 'name',
      cell: ({ version }) => (
        <TextLink to={`/redaktion/${entry.id}/vergleich?vor=${version - 1}&nach=${version}`}>
          {`${labels.version} ${version}`}
        </TextLink>
      ),
    },
    { key: 'state', label: labels.state, cell: ({ state }) => <State tone={stateTones[state]}>{states[state]}</State> },
    {
      key: 'author',
      label: labels.author,
      cell: ({ authorName, changedAt }) => `${authorName}, ${momentInFigures(locale, new Date(changedAt))}`,
    },
    { key: 'approver', label: labels.approver, cell: ({ approverName }) => approverName ?? '–' },
    { key: 'note', label: labels.noteShort, cell: ({ note }) => note || '–' },
  ];
  return (
    <Section title={labels.history}>
      <Table caption={labels.history} rows={versions} keyOf={({ version }) => version} columns={columns} />
    </Section>
  );
}
