import { useLoaderData } from 'react-router';
import { Alert } from '#ui/alert';
import { Buttons, LinkButton, TextLink } from '#ui/button';
import { formatCount, formatNumber } from '#ui/format';
import { Page, Section } from '#ui/page';
import { type Column, Table } from '#ui/table';
import { useView, useWords } from '#ui/view';
import { go, load } from '#web/context';
import { addressOf, chosenIn, countLetters } from './chosen-letters.ts';
import { put } from './mailbox-texts.ts';
import { printTexts } from './print-texts.ts';

/** Several letters in one file, and what is to be done with them then. */
export const loader = load(async (house, { url }) => {
  const ids = chosenIn(url.searchParams);
  if (ids.length === 0) throw go(house, '/briefe?stand=post', { text: printTexts[house.ctx.locale].nothingChosen });
  const { mailbox } = house.rooms;
  const { ready, left } = await mailbox.planPrint(house.ctx, ids);
  const shown = ({ id, subject, recipient, enclosed }: (typeof ready | typeof left)[number]) => {
    return { id, subject, to: recipient[0] ?? '', enclosed: enclosed.join(', ') };
  };
  return {
    ready: ready.map((letter) => ({ ...shown(letter), pages: letter.pages })),
    left: left.map((letter) => ({ ...shown(letter), why: letter.why })),
    most: { letters: mailbox.limits.printed, pages: mailbox.limits.printedPages },
  };
});

type Data = Awaited<ReturnType<typeof loader>>;

export default function SentPrint() {
  const { ready, left, most } = useLoaderData<typeof loader>();
  const labels = useWords(printTexts);
  const above = [
    { to: '/briefe', label: labels.letters },
    { to: '/briefe?stand=post', label: labels.waiting },
  ];
  return (
    <Page title={labels.title} lead={labels.lead} width="wide" above={above}>
      {ready.length === 0 ? <Alert tone="warning">{labels.noneReady}</Alert> : <Ready ready={ready} />}
      {left.length > 0 && <Left left={left} most={most} />}
    </Page>
  );
}

function Ready({ ready }: Pick<Data, 'ready'>) {
  const labels = useWords(printTexts);
  const { locale } = useView();
  const ids = ready.map(({ id }) => id);
  const pages = ready.reduce((sum, letter) => sum + letter.pages, 0);
  const columns: Column<Data['ready'][number]>[] = [
    {
      key: 'subject',
      label: labels.subject,
      kind: 'name',
      cell: ({ id, subject }) => <TextLink to={`/briefe/${id}`}>{subject}</TextLink>,
    },
    { key: 'to', label: labels.to, cell: ({ to }) => to },
    { key: 'enclosed', label: labels.enclosed, cell: ({ enclosed }) => enclosed || '–' },
    { key: 'pages', label: labels.pages, kind: 'number', cell: (letter) => formatNumber(locale, letter.pages) },
  ];
  return (
    <>
      <Section title={labels.ready}>
        {ready.some(({ enclosed }) => enclosed !== '') && <Alert tone="warning">{labels.enclosedApart}</Alert>}
        <Table caption={labels.ready} columns={columns} rows={ready} keyOf={({ id }) => id} />
        <p>
          <a href={addressOf('/briefe/drucken.pdf', ids)}>{labels.open}</a>{' '}
          <span className="muted">
            {put(labels.openHint, {
              letters: countLetters(locale, ready.length),
              pages: formatCount(locale, pages, labels.pageNouns),
            })}
          </span>
        </p>
      </Section>
      <Section title={labels.after}>
        <p>{labels.afterLead}</p>
        <Buttons>
          <LinkButton to={addressOf('/briefe/drucken/vermerken', ids)}>{labels.note}</LinkButton>
        </Buttons>
      </Section>
    </>
  );
}

function Left({ left, most }: Pick<Data, 'left' | 'most'>) {
  const labels = useWords(printTexts);
  const { locale } = useView();
  const values = { letters: formatNumber(locale, most.letters), pages: formatNumber(locale, most.pages) };
  const columns: Column<Data['left'][number]>[] = [
    { key: 'subject', label: labels.subject, kind: 'name', cell: ({ subject }) => subject },
    { key: 'to', label: labels.to, cell: ({ to }) => to },
    { key: 'why', label: labels.reason, cell: ({ why }) => put(labels.why[why], values) },
  ];
  return (
    <Section title={labels.left}>
      <p>{labels.leftLead}</p>
      <Table caption={labels.left} columns={columns} rows={left} keyOf={({ id }) => id} />
    </Section>
  );
}
