import { useLoaderData } from 'react-router';
import { formatNumber } from '#ui/format';
import { Empty, Page } from '#ui/page';
import { type Column, Table } from '#ui/table';
import { type Dictionary, useView, useWords } from '#ui/view';
import { load, signedIn } from '#web/context';
import type { Figure } from '../store/item.ts';
import { intakeTexts, stateTexts } from './intake-texts.ts';

export const loader = load(async (house) => {
  signedIn(house);
  return { figures: await house.rooms.intake.trayFigures(house.ctx) };
});

const words: Dictionary<Readonly<Record<string, string>>> = {
  de: {
    title: 'Zahlen',
    lead: 'Wie viele Anträge es gibt und wie lange sie dauern. Ohne Namen.',
    service: 'Leistung',
    overdue: 'überfällig',
    duration: 'Dauer in Tagen',
    none: 'Noch keine Zahlen',
    hint: 'Sobald Anträge da sind, stehen sie hier.',
    about: 'Dauer: Die Hälfte der entschiedenen Anträge war nach so vielen Tagen oder früher entschieden (Median).',
  },
  en: {
    title: 'Figures',
    lead: 'How many applications there are, and how long they take. Without names.',
    service: 'Service',
    overdue: 'overdue',
    duration: 'Duration in days',
    none: 'No figures yet',
    hint: 'They stand here as soon as there are applications.',
    about: 'Duration: half of the decided applications were decided after so many days or earlier (median).',
  },
};

const daySeconds = 86_400;

/** What an office has to do and has done, service by service. */
export default function Figures() {
  const { figures } = useLoaderData<typeof loader>();
  const labels = useWords(words);
  const states = useWords(stateTexts);
  const tray = useWords(intakeTexts);
  const { locale } = useView();
  const kinds = ['received', 'inProgress', 'evidenceRequested', 'decided', 'closed', 'withdrawn'] as const;
  const columns: readonly Column<Figure>[] = [
    { key: 'form', label: labels.service ?? '', kind: 'name', cell: ({ title }) => title[locale] },
    ...kinds.map(
      (kind): Column<Figure> => ({
        key: kind,
        label: states[kind],
        kind: 'number',
        cell: (row) => formatNumber(locale, row[kind]),
      }),
    ),
    { key: 'overdue', label: labels.overdue ?? '', kind: 'number', cell: ({ overdue }) => formatNumber(locale, overdue) },
    {
      key: 'duration',
      label: labels.duration ?? '',
      kind: 'number',
      cell: ({ medianSeconds }) =>
        medianSeconds === null ? '–' : formatNumber(locale, Math.round((medianSeconds / daySeconds) * 10) / 10),
    },
  ];
  return (
    <Page title={labels.title ?? ''} lead={labels.lead} width="wide" above={[{ to: '/eingang', label: tray.title }]}>
      {figures.length === 0 ? (
        <Empty icon="list" title={labels.none ?? ''}>
          <p>{labels.hint}</p>
        </Empty>
      ) : (
        <>
          <Table caption={labels.title ?? ''} rows={figures} keyOf={({ form }) => form} columns={columns} />
          <p className="muted">{labels.about}</p>
        </>
      )}
    </Page>
  );
}
