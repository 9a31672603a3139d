import { useLoaderData } from 'react-router';
import { Button, TextLink } from '#ui/button';
import { TextField } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { dayInWords, formatNumber } from '#ui/format';
import { Page, Section } from '#ui/page';
import { Table } from '#ui/table';
import { useView, useWords } from '#ui/view';
import { act, go, load, text } from '#web/context';
import type { Entry } from '../store/entries.ts';
import { editorTexts, kindListTexts } from './editor-texts.ts';
import { EntryTable } from './entry-table.tsx';
import { put } from './portal-texts.ts';

const shown = 10;

export const loader = load(async (house) => {
  const { finder } = house.rooms;
  const desk = await finder.openDesk(house.ctx);
  const list = async (only: 'waiting' | 'due' | 'open') => (await finder.listEntries(house.ctx, { only, limit: shown })).items;
  const [waiting, due, open, misses, own, authorities] = await Promise.all([
    list('waiting'),
    list('due'),
    list('open'),
    desk.isState ? finder.listMisses(house.ctx) : null,
    finder.freshness(house.ctx),
    desk.isState ? finder.freshnessByAuthority(house.ctx) : null,
  ]);
  return { desk, waiting, due, open, misses: misses?.slice(0, 2 * shown) ?? null, own, authorities };
});

export const action = act(async (house, { form }) => {
  const { finder } = house.rooms;
  const labels = editorTexts[house.ctx.locale];
  const [words, says, means] = [text(form, 'words'), text(form, 'says'), text(form, 'means')];
  if (text(form, 'do') === 'finish') {
    await finder.finishMiss(house.ctx, words);
    return go(house, '/redaktion', { text: put(labels.finished, { words }) });
  }
  await finder.answerMiss(house.ctx, { words, says, means });
  return go(house, '/redaktion', { text: put(labels.synonymMade, { says, means }) });
});

/** What there is to do in the editorial office. */
export default function EditorHome() {
  const { desk, waiting, due, open, misses } = useLoaderData<typeof loader>();
  const labels = useWords(editorTexts);
  const lead = desk.area ? put(labels.lead, { area: desk.area.name }) : labels.leadNoArea;
  return (
    <Page title={labels.title} lead={lead} width="wide">
      <Work
        title={labels.waiting}
        lead={labels.waitingLead}
        none={labels.waitingNone}
        rows={waiting}
        many={desk.waiting}
        only="waiting"
      />
      <Work title={labels.due} lead={labels.dueLead} none={labels.dueNone} rows={due} many={desk.due} only="due" />
      {misses && <Misses />}
      <Work title={labels.open} none={labels.openNone} rows={open} many={desk.open} only="open" />
      <Fresh />
    </Page>
  );
}

type WorkProps = {
  readonly title: string;
  readonly lead?: string;
  readonly none: string;
  readonly rows: readonly Entry[];
  readonly many: number;
  readonly only: 'waiting' | 'due' | 'open';
};

function Work({ title, lead, none, rows, many, only }: WorkProps) {
  const labels = useWords(editorTexts);
  return (
    <Section title={`${title} (${many})`} lead={lead}>
      {rows.length === 0 ? <p className="muted">{none}</p> : <EntryTable caption={title} rows={rows} />}
      {many > rows.length && (
        <p>
          <TextLink to={`/redaktion/eintraege?nur=${only}`}>{`${labels.showAll}: ${title}`}</TextLink>
        </p>
      )}
    </Section>
  );
}

function Misses() {
  const { misses, desk } = useLoaderData<typeof loader>();
  const labels = useWords(editorTexts);
  const { locale } = useView();
  const rows = misses ?? [];
  return (
    <Section title={`${labels.missed} (${rows.length})`} lead={labels.missedLead}>
      {rows.length === 0 && <p className="muted">{labels.missedNone}</p>}
      <ul className="work">
        {rows.map(({ words, count, last }) => (
          <li key={words}>
            <h3>„{words}“</h3>
            <p className="muted">
              {put(labels.searchedTimes, {
                count: formatNumber(locale, count),
                day: dayInWords(locale, last),
              })}
            </p>
            {desk.mayWrite && <MissForm words={words} />}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** One step: what nobody found gets a word that is found, and is off the list. */
function MissForm({ words }: { readonly words: string }) {
  const labels = useWords(editorTexts);
  return (
    <>
      <Form name={`miss.${words}`} isInline label={`${labels.makeSynonym}: ${words}`} labels={labels}>
        <Hidden name="words" value={words} />
        <TextField name="says" label={labels.says} value={words} maxLength={100} />
        <TextField name="means" label={labels.means} maxLength={100} />
        <Button about={words}>{labels.makeSynonym}</Button>
      </Form>
      <Form name={`done.${words}`} isInline label={`${labels.finish}: ${words}`}>
        <Hidden name="words" value={words} />
        <Hidden name="do" value="finish" />
        <Button kind="tertiary" about={words}>
          {labels.finish}
        </Button>
      </Form>
    </>
  );
}

function Fresh() {
  const { own, authorities } = useLoaderData<typeof loader>();
  const labels = useWords(editorTexts);
  const kinds = useWords(kindListTexts);
  const { locale } = useView();
  const count = (value: number) => formatNumber(locale, value);
  return (
    <Section title={labels.fresh} lead={labels.freshLead}>
      {own.length === 0 ? (
        <p className="muted">{labels.nothingYet}</p>
      ) : (
        <Table
          caption={labels.freshOwn}
          showsCaption
          rows={own}
          keyOf={({ kind }) => kind}
          columns={[
            { key: 'kind', label: labels.kind, kind: 'name', cell: ({ kind }) => kinds[kind] },
            { key: 'total', label: labels.total, kind: 'number', cell: ({ total }) => count(total) },
            { key: 'overdue', label: labels.overdue, kind: 'number', cell: ({ overdue }) => count(overdue) },
            { key: 'soon', label: labels.soon, kind: 'number', cell: ({ soon }) => count(soon) },
            { key: 'expired', label: labels.expired, kind: 'number', cell: ({ expired }) => count(expired) },
            { key: 'age', label: labels.meanAge, kind: 'number', cell: ({ meanAge }) => count(meanAge) },
          ]}
        />
      )}
      {authorities && authorities.length > 0 && (
        <Table
          caption={labels.freshAll}
          showsCaption
          rows={authorities}
          keyOf={({ name }) => name}
          columns={[
            { key: 'name', label: labels.authority, kind: 'name', cell: ({ name }) => name },
            { key: 'total', label: labels.total, kind: 'number', cell: ({ total }) => count(total) },
            { key: 'age', label: labels.meanAge, kind: 'number', cell: ({ meanAge }) => count(meanAge) },
            { key: 'oldest', label: labels.oldest, kind: 'number', cell: ({ oldest }) => count(oldest) },
            { key: 'hours', label: labels.withoutHours, kind: 'number', cell: ({ withoutHours }) => count(withoutHours) },
          ]}
        />
      )}
    </Section>
  );
}
