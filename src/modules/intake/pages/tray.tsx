import { useLoaderData } from 'react-router';
import { State, type Tone } from '#ui/alert';
import { Button, LinkButton, TextLink } from '#ui/button';
import { Select, TextField } from '#ui/field';
import { Form } from '#ui/form';
import { Day, dayInFigures } from '#ui/format';
import { Empty, Page, Tabs } from '#ui/page';
import { type Column, NameCell, Pager, Table } from '#ui/table';
import { useView, useWords } from '#ui/view';
import { load, signedIn } from '#web/context';
import type { TrayLine } from '../list.ts';
import type { TrayState } from '../rules.ts';
import type { DueState } from '../rules-deadline.ts';
import { dueTexts, intakeTexts, listTexts, outcomeTexts, sortTexts, stateTexts } from './intake-texts.ts';

export const loader = load(async (house, { request }) => {
  const { roles } = signedIn(house);
  const { intake } = house.rooms;
  const { searchParams } = new URL(request.url);
  const list = intake.trayLists.find((known) => known === searchParams.get('liste')) ?? 'office';
  const sort = intake.traySorts.find((known) => known === searchParams.get('nach')) ?? 'due';
  const isDescending = searchParams.get('richtung') === 'ab';
  const [search, cursor] = [searchParams.get('suche') ?? '', searchParams.get('ab')];
  const [{ items, next }, counts, asked] = await Promise.all([
    intake.listTray(house.ctx, { list, sort, isDescending, search, cursor }),
    intake.countTray(house.ctx),
    intake.countConsultations(house.ctx),
  ]);
  const maySetDeadlines = roles.includes('tenantAdministrator');
  return { list, sort, isDescending, search, items, next, counts, asked, maySetDeadlines, isFirst: cursor === null };
});

/** A state's colour; its word says the same. */
export const stateTones: Readonly<Record<TrayState, Tone>> = {
  received: 'info',
  inProgress: 'info',
  evidenceRequested: 'warning',
  decided: 'success',
  closed: 'neutral',
  withdrawn: 'neutral',
};
const dueTones: Readonly<Record<DueState, Tone>> = {
  later: 'neutral',
  soon: 'warning',
  overdue: 'danger',
  paused: 'neutral',
  unanswered: 'warning',
};

/** The day something is due, and in words when it presses. */
export function Due({ due, dueOn }: { readonly due: DueState | null; readonly dueOn: string }) {
  const labels = useWords(dueTexts);
  return (
    <>
      <Day on={dueOn} /> {due !== null && due !== 'later' && <State tone={dueTones[due]}>{labels[due]}</State>}
    </>
  );
}

export default function Tray() {
  const { list, sort, isDescending, search, items, next, isFirst } = useLoaderData<typeof loader>();
  const labels = useWords(intakeTexts);
  const filter = { liste: list, nach: sort, richtung: isDescending ? 'ab' : 'auf', suche: search };
  const address = (ab: string | null) => `/eingang?${new URLSearchParams({ ...filter, ...(ab && { ab }) })}`;
  return (
    <Page title={labels.title} lead={labels.lead} width="wide" actions={<Elsewhere />}>
      <Lists />
      <Filter />
      {items.length === 0 ? <Nothing /> : <Lines />}
      <Pager shown="" first={isFirst ? null : address(null)} next={next === null ? null : address(next)} />
    </Page>
  );
}

/** Nothing lies here, or nothing was found here: then it may lie in another list. */
function Nothing() {
  const { list, search } = useLoaderData<typeof loader>();
  const labels = useWords(intakeTexts);
  if (search === '')
    return (
      <Empty icon="archive" title={labels.none}>
        <p>{labels.noneHint}</p>
      </Empty>
    );
  return (
    <Empty icon="search" title={labels.notFound}>
      {list === 'all' ? (
        <p>{labels.notFoundHint}</p>
      ) : (
        <p>
          <TextLink to={`/eingang?${new URLSearchParams({ liste: 'all', suche: search })}`}>{labels.searchAll}</TextLink>
        </p>
      )}
    </Empty>
  );
}

function Elsewhere() {
  const { maySetDeadlines, asked } = useLoaderData<typeof loader>();
  const labels = useWords(intakeTexts);
  return (
    <>
      {maySetDeadlines && <LinkButton to="/eingang/fristen">{labels.deadlines}</LinkButton>}
      {maySetDeadlines && <LinkButton to="/eingang/stellen">{labels.consulted}</LinkButton>}
      <LinkButton to="/stellungnahmen">{asked === 0 ? labels.statements : `${labels.statements} (${asked})`}</LinkButton>
      <LinkButton to="/eingang/gebuehren">{labels.fees}</LinkButton>
      <LinkButton to="/eingang/vertretung">{labels.absence}</LinkButton>
      <LinkButton to="/eingang/zahlen">{labels.figures}</LinkButton>
    </>
  );
}

function Lists() {
  const { list, counts } = useLoaderData<typeof loader>();
  const labels = useWords(intakeTexts);
  const names = useWords(listTexts);
  const many: Readonly<Record<typeof list, number | null>> = {
    office: counts.open,
    mine: counts.mine,
    unassigned: counts.unassigned,
    overdue: counts.overdue,
    elsewhere: null,
    closed: null,
    all: null,
  };
  const tabs = (Object.keys(many) as (typeof list)[]).map((one) => ({
    to: `/eingang?liste=${one}`,
    label: many[one] === null ? names[one] : `${names[one]} (${many[one]})`,
    isHere: one === list,
  }));
  return <Tabs label={labels.list} tabs={tabs} />;
}

function Filter() {
  const { list, sort, isDescending, search } = useLoaderData<typeof loader>();
  const labels = useWords(intakeTexts);
  const sorts = useWords(sortTexts);
  return (
    <Form isSearch isInline label={labels.show}>
      <input type="hidden" name="liste" value={list} />
      <TextField name="suche" type="search" label={labels.search} value={search} maxLength={100} />
      <Select
        name="nach"
        label={labels.sort}
        value={sort}
        options={(['due', 'received', 'applicant'] as const).map((value) => ({ value, label: sorts[value] }))}
      />
      <Select
        name="richtung"
        label={labels.order}
        value={isDescending ? 'ab' : 'auf'}
        options={[
          { value: 'auf', label: labels.ascending },
          { value: 'ab', label: labels.descending },
        ]}
      />
      <Button icon="search">{labels.show}</Button>
    </Form>
  );
}

function Lines() {
  const { items } = useLoaderData<typeof loader>();
  const labels = useWords(intakeTexts);
  const states = useWords(stateTexts);
  const outcomes = useWords(outcomeTexts);
  const { locale } = useView();
  const columns: readonly Column<TrayLine>[] = [
    {
      key: 'reference',
      label: labels.reference,
      kind: 'name',
      cell: ({ submission, reference, title, isServed }) => (
        <NameCell
          to={`/eingang/${submission}`}
          name={title[locale]}
          below={isServed ? `${reference} · ${labels.counter}` : reference}
        />
      ),
    },
    { key: 'who', label: labels.who, cell: ({ applicant }) => applicant },
    {
      key: 'state',
      label: labels.state,
      cell: ({ state, outcome }) => (
        <State tone={stateTones[state]}>
          {states[state]}
          {outcome !== null && state !== 'withdrawn' && `, ${outcomes[outcome]}`}
        </State>
      ),
    },
    { key: 'handler', label: labels.handler, cell: ({ handlerName }) => handlerName || labels.nobody },
    { key: 'received', label: labels.received, cell: ({ receivedAt }) => dayInFigures(locale, receivedAt) },
    { key: 'due', label: labels.due, cell: ({ due, dueOn }) => <Due due={due} dueOn={dueOn} /> },
    { key: 'office', label: labels.office, cell: ({ officeName }) => officeName || labels.noOffice },
  ];
  return <Table caption={labels.title} rows={items} keyOf={({ submission }) => submission} columns={columns} />;
}
