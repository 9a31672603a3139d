import { useActionData, useLoaderData } from 'react-router';
import { Alert, State } from '#ui/alert';
import { Button, Buttons } from '#ui/button';
import { Checkbox } from '#ui/choice';
import { Copyable } from '#ui/copyable';
import { Select, TextField } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { Moment } from '#ui/format';
import { Page, Section } from '#ui/page';
import { Table } from '#ui/table';
import { useWords } from '#ui/view';
import { act, go, load, signedIn, text } from '#web/context';
import { setupTexts } from './setup-texts.ts';

export const loader = load(async (house, { params }) => {
  signedIn(house);
  const found = await house.rooms.delivery.getInbox(house.ctx, params.id ?? '');
  const { encryptionKey, signingKey, ...inbox } = found;
  return { ...inbox, encryptionKey: JSON.stringify(encryptionKey), signingKey: JSON.stringify(signingKey) };
});

export const action = act(async (house, { params, form }) => {
  signedIn(house);
  const { delivery } = house.rooms;
  const id = params.id ?? '';
  const labels = setupTexts[house.ctx.locale];
  const what = text(form, '_form');
  if (what === 'addSender') return delivery.addSender(house.ctx, id, text(form, 'name'));
  if (what === 'inbox') {
    const works = text(form, 'works');
    const isOpen = text(form, 'isOpen') === 'yes';
    await delivery.setInbox(house.ctx, id, { title: text(form, 'title'), works: works === '' ? null : Number(works), isOpen });
    return go(house, `/verwaltung/zustellung/empfang/${id}`, { text: labels.savedInbox });
  }
  await delivery.revokeSender(house.ctx, id, text(form, 'sender'));
  return go(house, `/verwaltung/zustellung/empfang/${id}`, { text: labels.revoked });
});

/** One destination of our own: what senders need, who they are, what came last. */
export default function InboxPage() {
  const { title } = useLoaderData<typeof loader>();
  const labels = useWords(setupTexts);
  return (
    <Page title={title} lead={labels.inLead} width="wide" above={[{ to: '/verwaltung/zustellung', label: labels.title }]}>
      <Settings />
      <ForSenders />
      <Senders />
      <Latest />
    </Page>
  );
}

function Settings() {
  const { title, works, isOpen, offices } = useLoaderData<typeof loader>();
  const labels = useWords(setupTexts);
  const options = [{ value: '', label: labels.noOffice }, ...offices.map(({ id, name }) => ({ value: String(id), label: name }))];
  return (
    <Form name="inbox" labels={labels}>
      <TextField name="title" label={labels.name} value={title} maxLength={100} />
      <Select name="works" label={labels.works} value={works === null ? '' : String(works)} options={options} isOptional />
      <Checkbox name="isOpen" label={labels.isOpen} isChecked={isOpen} />
      <Buttons>
        <Button kind="primary">{labels.save}</Button>
      </Buttons>
    </Form>
  );
}

function ForSenders() {
  const { id, address, encryptionKey, signingKey } = useLoaderData<typeof loader>();
  const labels = useWords(setupTexts);
  return (
    <Section title={labels.forSenders} lead={labels.forLead}>
      <Copyable label={labels.address} value={address} />
      <Copyable label={labels.destination} value={id} />
      <Copyable label={labels.encryptionKey} value={encryptionKey} />
      <Copyable label={labels.eventKey} value={signingKey} />
    </Section>
  );
}

function Senders() {
  const { senders } = useLoaderData<typeof loader>();
  const made = useActionData() as { client?: string; secret?: string } | undefined;
  const labels = useWords(setupTexts);
  return (
    <Section title={labels.senders}>
      {made?.client && made.secret && (
        <Alert tone="success" title={labels.addSender}>
          <Copyable label={labels.clientId} value={made.client} />
          <Copyable label={labels.secretOnce} value={made.secret} hint={labels.onceHint} />
        </Alert>
      )}
      {senders.length === 0 ? <p>{labels.noSenders}</p> : <SenderTable />}
      <Form name="addSender" isInline labels={{ name: labels.sender }}>
        <TextField name="name" label={labels.sender} maxLength={100} />
        <Button>{labels.addSender}</Button>
      </Form>
    </Section>
  );
}

function SenderTable() {
  const { senders } = useLoaderData<typeof loader>();
  const labels = useWords(setupTexts);
  return (
    <Table
      caption={labels.senders}
      rows={senders}
      keyOf={({ id }) => id}
      columns={[
        { key: 'name', label: labels.sender, kind: 'name', cell: ({ name }) => name },
        { key: 'since', label: labels.since, cell: ({ createdAt }) => <Moment at={createdAt} /> },
        {
          key: 'state',
          label: labels.state,
          cell: ({ id, name, revokedAt }) =>
            revokedAt === null ? (
              <Form name={`revoke-${id}`}>
                <Hidden name="sender" value={id} />
                <Button about={name}>{labels.revoke}</Button>
              </Form>
            ) : (
              <State>{labels.revokedState}</State>
            ),
        },
      ]}
    />
  );
}

function Latest() {
  const { latest } = useLoaderData<typeof loader>();
  const labels = useWords(setupTexts);
  if (latest.length === 0) return null;
  return (
    <Table
      caption={labels.latest}
      showsCaption
      rows={latest}
      keyOf={({ id }) => id}
      columns={[
        { key: 'when', label: labels.when, kind: 'name', cell: ({ announcedAt }) => <Moment at={announcedAt} /> },
        { key: 'sender', label: labels.sender, cell: ({ sender }) => sender },
        {
          key: 'outcome',
          label: labels.outcome,
          cell: ({ state, problems }) => (
            <>
              <State tone={state === 'rejected' ? 'danger' : state === 'accepted' ? 'success' : 'info'}>{labels[state]}</State>
              {problems.map(({ title, instance }) => (
                <span key={`${title} ${instance}`} className="below">
                  {title} ({instance})
                </span>
              ))}
            </>
          ),
        },
      ]}
    />
  );
}
