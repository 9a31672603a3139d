import { useLoaderData } from 'react-router';
import { Button } from '#ui/button';
import { Select } from '#ui/field';
import { Form } from '#ui/form';
import { Moment } from '#ui/format';
import { Empty, Page } from '#ui/page';
import { Pager, Table } from '#ui/table';
import { useWords } from '#ui/view';
import { load } from '#web/context';
import { actionTexts, detailTexts, sayDetail, trailTexts } from './trail-texts.ts';

const pageSize = 50;

/** The kinds of entries people look for: the room is the beginning of the action's name. */
const kinds = ['accounts.', 'tenants.', 'files.'] as const;

export const loader = load(async (house, { request }) => {
  const { searchParams } = new URL(request.url);
  const kind = kinds.find((known) => known === searchParams.get('art')) ?? '';
  const before = Number(searchParams.get('vor')) || 0;
  const entries = await house.rooms.accounts.auditTrail(house.ctx, {
    limit: pageSize + 1,
    ...(kind && { action: kind }),
    ...(before > 0 && { before }),
  });
  const shown = entries.slice(0, pageSize);
  const last = shown.at(-1);
  return { kind, shown, isFirst: before === 0, next: entries.length > pageSize && last ? last.seq : null };
});

export default function Trail() {
  const { kind, shown, isFirst, next } = useLoaderData<typeof loader>();
  const actions = useWords(actionTexts);
  const labels = useWords(trailTexts);
  const address = (before: number | null) =>
    `/verwaltung/protokoll?${new URLSearchParams({ ...(kind && { art: kind }), ...(before && { vor: String(before) }) })}`;
  return (
    <Page title={labels.title} lead={labels.lead} width="wide">
      <Form isSearch isInline label={labels.filter}>
        <Select
          name="art"
          label={labels.kind}
          value={kind}
          options={[{ value: '', label: labels.all }, ...kinds.map((value) => ({ value, label: labels[value] }))]}
        />
        <Button icon="search">{labels.show}</Button>
      </Form>
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
              cell: ({ actor, actorName }) => actorName ?? (actor.startsWith('system:') ? labels.house : actor),
            },
            { key: 'action', label: labels.what, cell: ({ action }) => actions[action] ?? action },
            { key: 'thing', label: labels.thing, cell: ({ thing }) => <code>{thing}</code> },
            { key: 'details', label: labels.details, cell: ({ details }) => <Details details={details} /> },
            { key: 'seq', label: labels.number, kind: 'number', cell: ({ seq }) => seq },
          ]}
        />
      )}
      <Pager shown="" first={isFirst ? null : address(null)} next={next === null ? null : address(next)} />
    </Page>
  );
}

function Details({ details }: { readonly details: Readonly<Record<string, unknown>> }) {
  const names = useWords(detailTexts);
  const said = Object.entries(details)
    .map(([name, value]) => [names[name] ?? name, sayDetail(value)] as const)
    .filter(([, value]) => value !== '');
  return (
    <ul className="details">
      {said.map(([name, value]) => (
        <li key={name}>
          <span className="muted">{name}:</span> {value}
        </li>
      ))}
    </ul>
  );
}
