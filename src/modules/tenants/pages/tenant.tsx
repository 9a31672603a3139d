import { useLoaderData } from 'react-router';
import { Alert, State, type Tone } from '#ui/alert';
import { Button, LinkButton } from '#ui/button';
import { TextArea } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { Moment } from '#ui/format';
import { Facts, Page, Section } from '#ui/page';
import { Table } from '#ui/table';
import { useWords } from '#ui/view';
import { act, go, load, type PageHouse, text } from '#web/context';
import type { Tick, TickState } from '../store.ts';
import { linesOf, readTenantForm, TenantForm } from './tenant-form.tsx';
import { kindTexts, tenantTexts, withName } from './tenant-texts.ts';

const mostParents = 1_000;

export const loader = load(async (house, { params }) => {
  const { tenants } = house.rooms;
  const tenant = numberOf(house, params.tenant);
  const [found, ticks, all] = await Promise.all([
    tenants.get(house.ctx, tenant),
    tenants.listTicks(house.ctx, tenant),
    tenants.list(house.ctx, { limit: mostParents }),
  ]);
  const parents = all.items.map(({ tenant: number, name }) => ({ tenant: number, name }));
  return { tenant: found, parents, ticks: ticks.map((tick) => ({ ...tick, why: tick.error && house.say(tick.error) })) };
});

function numberOf(house: PageHouse, given: string | undefined): number {
  const tenant = Number(given);
  if (!Number.isSafeInteger(tenant) || tenant < 1) throw house.missing();
  return tenant;
}

export const action = act(async (house, { params, form }) => {
  const { tenants } = house.rooms;
  const tenant = numberOf(house, params.tenant);
  const labels = tenantTexts[house.ctx.locale];
  const here = `/anbieter/${tenant}`;
  const { name } = await tenants.get(house.ctx, tenant);
  const say = (sentence: string) => go(house, here, { text: withName(sentence, name) });
  switch (text(form, '_form')) {
    case 'data':
      await tenants.update(house.ctx, tenant, readTenantForm(form));
      return say(labels.saved);
    case 'hosts':
      await tenants.setHosts(house.ctx, tenant, linesOf(text(form, 'hosts')));
      return say(labels.saved);
    case 'resume':
      await tenants.resume(house.ctx, tenant);
      return say(labels.resumed);
    default:
      await tenants.retryTick(house.ctx, tenant, text(form, 'room'));
      return say(labels.retried);
  }
});

export default function TenantPage() {
  const { tenant, parents, ticks } = useLoaderData<typeof loader>();
  const labels = useWords(tenantTexts);
  const kinds = useWords(kindTexts);
  const actions = tenant.kind !== 'provider' && tenant.state === 'active' && (
    <>
      <LinkButton kind="danger" icon="stop" to={`/anbieter/${tenant.tenant}/sperren`}>
        {labels.suspend}
      </LinkButton>
      <LinkButton icon="mail" to={`/anbieter/${tenant.tenant}/verwalter`}>
        {labels.administrator}
      </LinkButton>
    </>
  );
  return (
    <Page title={tenant.name} above={[{ to: '/anbieter', label: labels.tenants }]} actions={actions}>
      {tenant.state === 'suspended' && (
        <Alert tone="warning" title={labels.isSuspended}>
          <p>{tenant.stateReason}</p>
          <Form name="resume">
            <Button icon="undo">{labels.resume}</Button>
          </Form>
        </Alert>
      )}
      <Facts
        facts={[
          [labels.kind, kinds[tenant.kind]],
          [labels.slug, tenant.slug],
          [labels.created, <Moment key="at" at={tenant.createdAt} />],
        ]}
      />
      <Section title={labels.setUp} lead={labels.setUpLead}>
        <Ticks ticks={ticks} />
      </Section>
      <Section title={labels.data}>
        <TenantForm name="data" tenant={tenant} parents={parents} submit={labels.save} />
      </Section>
      <Section title={labels.hosts}>
        <Form name="hosts" labels={labels}>
          <TextArea name="hosts" label={labels.hosts} hint={labels.hostsHint} value={tenant.hosts.join('\n')} isOptional />
          <Button>{labels.save}</Button>
        </Form>
      </Section>
    </Page>
  );
}

const tones: Readonly<Record<TickState, Tone>> = { waiting: 'info', done: 'success', failed: 'danger' };

function Ticks({ ticks }: { readonly ticks: readonly (Tick & { why: string | null })[] }) {
  const labels = useWords(tenantTexts);
  if (ticks.length === 0) return <p className="muted">{labels.setUpNone}</p>;
  return (
    <Table
      caption={labels.setUp}
      rows={ticks}
      keyOf={({ room }) => room}
      columns={[
        { key: 'room', label: labels.room, kind: 'name', cell: ({ room }) => room },
        {
          key: 'state',
          label: labels.state,
          cell: ({ state, why }) => (
            <>
              <State tone={tones[state]}>{labels[state]}</State>
              {why && <span className="below">{why}</span>}
            </>
          ),
        },
        { key: 'at', label: labels.since, cell: ({ at }) => <Moment at={at} /> },
        {
          key: 'retry',
          label: labels.retry,
          kind: 'actions',
          cell: ({ room, state }) =>
            state === 'failed' && (
              <Form name="retry" isInline>
                <Hidden name="room" value={room} />
                <Button isSmall about={room}>
                  {labels.retry}
                </Button>
              </Form>
            ),
        },
      ]}
    />
  );
}
