import { useLoaderData } from 'react-router';
import { Button, LinkButton, TextLink } from '#ui/button';
import { Form, Hidden } from '#ui/form';
import { Bytes, dayInFigures, formatBytes, Time } from '#ui/format';
import { Empty, Gauge, Page, Section } from '#ui/page';
import { Pager, Table } from '#ui/table';
import { useView, useWords } from '#ui/view';
import { act, go, load, text } from '#web/context';
import { idOf } from './address.ts';
import { adminTexts } from './admin-texts.ts';
import { Usage } from './spaces.tsx';

const pageSize = 100;
const dayMilliseconds = 86_400_000;

/** The authority's spaces without what is in them: how full they are, whose they are. */
export const loader = load(async (house, { request }) => {
  const { files, accounts } = house.rooms;
  const cursor = new URL(request.url).searchParams.get('ab');
  const [overview, { items, next }, removed, units] = await Promise.all([
    files.readOverview(house.ctx),
    files.listSpaces(house.ctx, cursor, pageSize),
    files.listRemovedSpaces(house.ctx, pageSize),
    accounts.listUnits(house.ctx),
  ]);
  const unitNames = new Map(units.map(({ id, name }) => [id, name]));
  return {
    overview,
    next,
    isFirst: cursor === null,
    now: house.ctx.platform.clock.now().getTime(),
    spaces: items.map(({ id, name, owner, used, quota }) => ({
      id,
      name,
      used,
      quota,
      owner: owner === null ? null : (unitNames.get(owner) ?? null),
    })),
    removed: removed.map(({ space: { id, name, used }, removedAt }) => ({
      id,
      name,
      used,
      removedAt: removedAt.getTime(),
      purgedAt: removedAt.getTime() + overview.trashDays * dayMilliseconds,
    })),
  };
});

/** The one form here brings a removed space back. */
export const action = act(async (house, { form }) => {
  await house.rooms.files.restoreSpace(house.ctx, idOf(text(form, 'space')));
  return go(house, '/verwaltung/bereiche', { text: adminTexts[house.ctx.locale].restored(text(form, 'name')) });
});

export default function AdminSpaces() {
  const { next, isFirst, removed } = useLoaderData<typeof loader>();
  const labels = useWords(adminTexts);
  const add = (
    <LinkButton to="/verwaltung/bereiche/neu" icon="add" kind="primary">
      {labels.add}
    </LinkButton>
  );
  return (
    <Page title={labels.title} lead={labels.lead} actions={add} width="wide">
      <Overview />
      <Section title={labels.spaces}>
        <SpaceTable />
        <Pager
          shown=""
          first={isFirst ? null : '/verwaltung/bereiche'}
          next={next === null ? null : `/verwaltung/bereiche?${new URLSearchParams({ ab: next })}`}
        />
      </Section>
      {removed.length > 0 && <Removed />}
    </Page>
  );
}

/** Bars beside the numbers they show. */
function Overview() {
  const { overview } = useLoaderData<typeof loader>();
  const labels = useWords(adminTexts);
  const { locale } = useView();
  const { used, quota, shared, personal } = overview;
  const size = (bytes: number) => formatBytes(locale, bytes);
  const most = Math.max(1, quota ?? used);
  const rows = [
    { key: 'shared', what: labels.shared, to: null, ...shared },
    { key: 'personal', what: labels.personal, to: '/verwaltung/bereiche/personen', ...personal },
  ];
  const share = (bytes: number) =>
    labels.share(new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format((bytes / most) * 100));
  return (
    <Section title={labels.usage}>
      <p>
        {quota === null ? (
          labels.tenantUnlimited(size(used))
        ) : (
          <Gauge label={labels.usage} value={used} max={most} words={labels.tenant(size(used), size(quota))} />
        )}
      </p>
      <Table
        caption={labels.usage}
        rows={rows}
        keyOf={({ key }) => key}
        columns={[
          {
            key: 'what',
            label: labels.what,
            kind: 'name',
            cell: ({ what, to }) => (to ? <TextLink to={to}>{what}</TextLink> : what),
          },
          {
            key: 'bar',
            label: labels.usage,
            cell: (row) => <Gauge label={row.what} value={row.used} max={most} words={share(row.used)} />,
          },
          { key: 'count', label: labels.count, kind: 'number', cell: ({ count }) => count },
          { key: 'used', label: labels.used, kind: 'number', cell: (row) => <Bytes value={row.used} /> },
        ]}
      />
    </Section>
  );
}

function SpaceTable() {
  const { spaces } = useLoaderData<typeof loader>();
  const labels = useWords(adminTexts);
  if (spaces.length === 0)
    return (
      <Empty icon="group" title={labels.none}>
        <p>{labels.noneLead}</p>
      </Empty>
    );
  return (
    <Table
      caption={labels.spaces}
      rows={spaces}
      keyOf={({ id }) => id}
      columns={[
        {
          key: 'name',
          label: labels.name,
          kind: 'name',
          cell: ({ id, name }) => <TextLink to={`/verwaltung/bereiche/${id}`}>{name}</TextLink>,
        },
        { key: 'owner', label: labels.owner, cell: ({ owner }) => owner ?? labels.authority },
        { key: 'used', label: labels.used, cell: (space) => <Usage {...space} /> },
      ]}
    />
  );
}

function Removed() {
  const { removed, now } = useLoaderData<typeof loader>();
  const labels = useWords(adminTexts);
  const { locale } = useView();
  return (
    <Section title={labels.removedTitle} lead={labels.removedLead}>
      <Table
        caption={labels.removedTitle}
        rows={removed}
        keyOf={({ id }) => id}
        columns={[
          { key: 'name', label: labels.name, kind: 'name', cell: ({ name }) => name },
          { key: 'used', label: labels.used, kind: 'number', cell: ({ used }) => <Bytes value={used} /> },
          { key: 'removed', label: labels.removedAt, cell: ({ removedAt }) => <Time at={new Date(removedAt)} now={now} /> },
          { key: 'purged', label: labels.purgedAt, cell: ({ purgedAt }) => dayInFigures(locale, new Date(purgedAt)) },
          {
            key: 'restore',
            label: labels.restore,
            kind: 'actions',
            cell: ({ id, name }) => (
              <Form name={`restore-${id}`} isInline>
                <Hidden name="space" value={id} />
                <Hidden name="name" value={name} />
                <Button isSmall icon="undo" about={name}>
                  {labels.restore}
                </Button>
              </Form>
            ),
          },
        ]}
      />
    </Section>
  );
}
