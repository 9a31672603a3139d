import { useLoaderData } from 'react-router';
import { Button, TextLink } from '#ui/button';
import { TextField } from '#ui/field';
import { Form } from '#ui/form';
import { Empty, Page, Section } from '#ui/page';
import { type Dictionary, useView, useWords } from '#ui/view';
import { load, signedIn } from '#web/context';
import { PlacedList, placedOf } from './placed-list.tsx';

/** Entries of one page; who finds more asks more precisely. */
const shown = 100;
/** Applications beside them: the newest. */
const applications = 5;

export const loader = load(async (house, { request }) => {
  signedIn(house);
  const { files, intake } = house.rooms;
  const q = new URL(request.url).searchParams.get('q')?.slice(0, 200).trim() ?? '';
  const found = q === '' ? [] : await files.searchNames(house.ctx, q, { limit: shown + 1 });
  const items = await intake.findItems(house.ctx, q, applications);
  const rows = await files.placedRows(house.ctx, found.slice(0, shown));
  return {
    q,
    hasMore: found.length > shown,
    items: items.map(({ submission, title, applicant, reference }) => ({ submission, title, applicant, reference })),
    rows: rows.map((row) => placedOf(house.ctx.locale, row)),
    now: house.ctx.platform.clock.now().getTime(),
  };
});

type Texts = {
  title: string;
  resultsFor: (q: string) => string;
  field: string;
  hint: string;
  go: string;
  none: string;
  noneLead: string;
  more: string;
  items: string;
  allItems: string;
};

const words: Dictionary<Texts> = {
  de: {
    title: 'Suche',
    resultsFor: (q) => `Suche nach „${q}“`,
    field: 'Teil des Namens',
    hint: 'Gesucht wird in den Namen von Dateien und Ordnern in allen Ihren Bereichen, und in den Anträgen an Ihre Stelle. Mehrere Wörter müssen alle vorkommen.',
    items: 'Anträge im Eingang',
    allItems: 'Im Eingang suchen',
    go: 'Suchen',
    none: 'Nichts gefunden',
    noneLead: 'Versuchen Sie es mit weniger oder kürzeren Wörtern. Was im Papierkorb liegt, wird nicht durchsucht.',
    more: `Es gibt mehr Treffer, als hier stehen: die ${shown} besten. Mit einem weiteren Wort werden es weniger.`,
  },
  en: {
    title: 'Search',
    resultsFor: (q) => `Search for “${q}”`,
    field: 'Part of the name',
    hint: 'Searches the names of files and folders in all your spaces, and the applications to your office. Several words must all be in the name.',
    items: 'Applications in the tray',
    allItems: 'Search the tray',
    go: 'Search',
    none: 'Nothing found',
    noneLead: 'Try fewer or shorter words. What lies in the trash is not searched.',
    more: `There are more results than the best ${shown} shown here. Another word makes them fewer.`,
  },
};

/** Files by their names, over all spaces of the person. */
export default function Search() {
  const { q, rows, items, hasMore, now } = useLoaderData<typeof loader>();
  const labels = useWords(words);
  const title = q === '' ? labels.title : labels.resultsFor(q);
  return (
    <Page title={title} width="wide">
      <Form isSearch isInline label={labels.title}>
        <TextField name="q" label={labels.field} hint={labels.hint} value={q} type="search" />
        <Button icon="search">{labels.go}</Button>
      </Form>
      {hasMore && <p>{labels.more}</p>}
      {items.length > 0 && <Applications />}
      {q !== '' && rows.length === 0 && items.length === 0 && (
        <Empty icon="search" title={labels.none}>
          <p>{labels.noneLead}</p>
        </Empty>
      )}
      {rows.length > 0 && <PlacedList caption={title} rows={rows} now={now} />}
    </Page>
  );
}

/** What the person's offices have by this name: a clerk types an applicant's name where they search for everything. */
function Applications() {
  const { q, items } = useLoaderData<typeof loader>();
  const labels = useWords(words);
  const { locale } = useView();
  return (
    <Section title={labels.items}>
      <ul>
        {items.map(({ submission, title, applicant, reference }) => (
          <li key={submission}>
            <TextLink to={`/eingang/${submission}`}>{`${title[locale]}: ${applicant}`}</TextLink>{' '}
            <span className="muted">{reference}</span>
          </li>
        ))}
      </ul>
      <p>
        <TextLink to={`/eingang?${new URLSearchParams({ liste: 'all', suche: q })}`}>{labels.allItems}</TextLink>
      </p>
    </Section>
  );
}
