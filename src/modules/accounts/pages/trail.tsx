import { useLoaderData } from 'react-router';
import { Button } from '#ui/button';
import { Select, TextField } from '#ui/field';
import { Form } from '#ui/form';
import { Moment } from '#ui/format';
import { Icon } from '#ui/icon';
import { Empty, Page } from '#ui/page';
import { Pager, Table } from '#ui/table';
import { useView, useWords } from '#ui/view';
import { load } from '#web/context';
import { actionTexts, trailTexts } from './trail-texts.ts';
import { sayDetails, sayThing } from './trail-words.ts';

const pageSize = 50;

export const loader = load(async (house, { request }) => {
  const { searchParams } = new URL(request.url);
  const { accounts } = house.rooms;
  const search = accounts.readTrailSearch(searchParams);
  const before = Number(searchParams.get('vor')) || 0;
  const entries = await accounts.auditTrail(house.ctx, { ...search, limit: pageSize + 1, ...(before > 0 && { before }) });
  const shown = entries.slice(0, pageSize);
  const last = shown.at(-1);
  return {
    search,
    shown,
    kinds: accounts.trailKinds,
    isFirst: before === 0,
    next: entries.length > pageSize && last ? last.seq : null,
  };
});

export default function Trail() {
  const { search, shown, isFirst, next } = useLoaderData<typeof loader>();
  const { locale } = useView();
  const actions = useWords(actionTexts);
  const labels = useWords(trailTexts);
  const { action = '', person = '', from = '', to = '', thing: about = '' } = search;
  const asked = Object.entries({ art: action, wer: person, von: from, bis: to, woran: about }).filter(([, value]) => value);
  const address = (before: number | null, path = '/verwaltung/protokoll') =>
    `${path}?${new URLSearchParams([...asked, ...(before ? [['vor', String(before)]] : [])])}`;
  return (
    <Page
      title={labels.title}
      lead={labels.lead}
      width="wide"
      actions={
        <a className="kern-btn kern-btn--secondary" href={address(null, '/verwaltung/protokoll.csv')} download>
          <Icon name="download" />
          <span className="kern-label">{labels.export}</span>
        </a>
      }
    >
      <Filter />
      {shown.length === 0 ? (
        <Empty icon="history" title={labels.none}>
          <p>{labels.noneHint}</p>
        </Empty>
      ) : (
        <Table
          caption={labels.title}
          rows={shown}
          keyOf={({ seq }) => seq}
          columns={[
            { key: 'at', label: labels.when, kind: 'name', cell: ({ at }) => <Moment at={at} /> },
            {
              key: 'who',
              label: labels.who,
              cell: ({ actor, actorName }) =>
                actorName ?? (actor.startsWith('system:') ? labels.house : actor === 'nobody' ? labels.nobody : actor),
            },
            { key: 'action', label: labels.what, cell: ({ action }) => actions[action] ?? action },
            { key: 'thing', label: labels.thing, cell: ({ thing, thingName }) => sayThing(locale, thing, thingName) },
            { key: 'details', label: labels.details, cell: (entry) => <Details {...entry} /> },
            { key: 'seq', label: labels.number, kind: 'number', cell: ({ seq }) => seq },
          ]}
        />
      )}
      <Pager shown="" first={isFirst ? null : address(null)} next={next === null ? null : address(next)} />
    </Page>
  );
}

function Filter() {
  const { search, kinds } = useLoaderData<typeof loader>();
  const labels = useWords(trailTexts);
  return (
    <Form isSearch isInline label={labels.filter}>
      <Select
        name="art"
        label={labels.kind}
        value={search.action ?? ''}
        options={[{ value: '', label: labels.all }, ...kinds.map((value) => ({ value, label: labels[value] }))]}
      />
      <TextField name="wer" label={labels.person} value={search.person ?? ''} maxLength={100} width="medium" />
      <TextField name="von" type="date" label={labels.from} value={search.from ?? ''} />
      <TextField name="bis" type="date" label={labels.to} value={search.to ?? ''} />
      <TextField
        name="woran"
        label={labels.thing}
        placeholder={labels.thingHint}
        value={search.thing ?? ''}
        maxLength={100}
        width="medium"
      />
      <Button icon="search">{labels.show}</Button>
    </Form>
  );
}

type DetailsProps = { readonly action: string; readonly details: Readonly<Record<string, unknown>> };

function Details({ action, details }: DetailsProps) {
  const { locale } = useView();
  return (
    <ul className="details">
      {sayDetails(locale, { action, details }).map(([name, value]) => (
        <li key={name}>
          <span className="muted">{name}:</span> {value}
        </li>
      ))}
    </ul>
  );
}
