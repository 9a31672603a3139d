import { useActionData, useLoaderData } from 'react-router';
import { Alert, State } from '#ui/alert';
import { Button, Buttons, TextLink } from '#ui/button';
import { Checkbox } from '#ui/choice';
import { Copyable } from '#ui/copyable';
import { Select, TextField } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { Moment } from '#ui/format';
import { Page, Section } from '#ui/page';
import { Table } from '#ui/table';
import { useWords } from '#ui/view';
import { act, go, load, signedIn, text } from '#web/context';
import { accessIn } from './access-fields.tsx';
import { CalledSection, CallsSection } from './callback.tsx';
import { KeysSection } from './keys.tsx';
import { setupTexts } from './setup-texts.ts';
import { SourceSection } from './source.tsx';

export const loader = load(async (house, { params }) => {
  signedIn(house);
  const found = await house.rooms.delivery.getInbox(house.ctx, params.id ?? '');
  const { encryptionKey, signingKey, oldKeys, latest, ...inbox } = found;
  const say = (reason: string | null | undefined) => (reason ? house.say(reason) : '');
  const lines = latest.map(({ reason, ...line }) => ({ ...line, why: say(reason) }));
  const keys = { encryptionKey: JSON.stringify(encryptionKey), signingKey: JSON.stringify(signingKey) };
  const old = oldKeys.map(({ use, jwk, endsAt }) => ({ use, jwk: JSON.stringify(jwk), endsAt }));
  return { ...inbox, ...keys, old, lines, why: say(found.source?.reason) };
});

export const action = act(async (house, { params, form }) => {
  signedIn(house);
  const { delivery } = house.rooms;
  const id = params.id ?? '';
  const labels = setupTexts[house.ctx.locale];
  const done = (said: string) => go(house, `/verwaltung/zustellung/empfang/${id}`, { text: said });
  switch (text(form, '_form')) {
    case 'addSender':
      return delivery.addSender(house.ctx, id, text(form, 'name'));
    case 'addReceiver':
      return delivery.addSender(house.ctx, id, text(form, 'name'), 'fetch');
    case 'inbox': {
      const works = text(form, 'works');
      const isOpen = text(form, 'isOpen') === 'yes';
      await delivery.setInbox(house.ctx, id, { title: text(form, 'title'), works: works === '' ? null : Number(works), isOpen });
      return done(labels.savedInbox);
    }
    case 'source':
      await delivery.setSource(
        house.ctx,
        id,
        accessIn((name) => text(form, name)),
      );
      return done(labels.savedSource);
    case 'callback':
      await delivery.setCallback(house.ctx, id, { address: text(form, 'callAddress'), secret: text(form, 'secret') });
      return done(labels.callSaved);
    case 'callSecret':
      return delivery.makeCallbackSecret(house.ctx, id);
    case 'renew':
      await delivery.renewKeys(house.ctx, id, Number(text(form, 'days')));
      return done(labels.renewed);
    case 'endKeys':
      await delivery.endKeysNow(house.ctx, id);
      return done(labels.ended);
    case 'check':
      await delivery.checkSource(house.ctx, id);
      return done(labels.checked);
    case 'fetch':
      await delivery.fetchNow(house.ctx, id);
      return done(labels.fetchBegun);
    default:
      await delivery.revokeSender(house.ctx, id, text(form, 'sender'));
      return done(labels.revoked);
  }
});

/** One destination of our own: what senders need, who they are, what came last. */
export default function InboxPage() {
  const { title, kind } = useLoaderData<typeof loader>();
  const labels = useWords(setupTexts);
  const leads = { own: labels.ownLead, foreign: labels.foreignLead, kept: labels.keptLead };
  return (
    <Page title={title} lead={leads[kind]} width="wide" above={[{ to: '/verwaltung/zustellung', label: labels.title }]}>
      <Settings />
      <ForOthers />
      {kind === 'foreign' ? <SourceSection /> : <Known as="send" />}
      {kind === 'kept' && <Known as="fetch" />}
      {kind === 'kept' && <CallsSection />}
      {kind === 'foreign' && <CalledSection />}
      {kind !== 'kept' && <KeysSection />}
      <Latest />
    </Page>
  );
}

function Settings() {
  const { title, kind, works, isOpen, offices } = useLoaderData<typeof loader>();
  const labels = useWords(setupTexts);
  const options = [{ value: '', label: labels.noOffice }, ...offices.map(({ id, name }) => ({ value: String(id), label: name }))];
  return (
    <Form name="inbox" labels={{ ...labels, title: labels.name }}>
      <TextField name="title" label={labels.name} value={title} maxLength={100} />
      {kind !== 'kept' && (
        <Select name="works" label={labels.works} value={works === null ? '' : String(works)} options={options} isOptional />
      )}
      <Checkbox name="isOpen" label={kind === 'foreign' ? labels.isFetched : labels.isOpen} isChecked={isOpen} />
      <Buttons>
        <Button kind="primary">{labels.save}</Button>
      </Buttons>
    </Form>
  );
}

/** What is told to whoever delivers to it, and to whoever runs the service it lives at. */
function ForOthers() {
  const { id, kind, address, encryptionKey, signingKey } = useLoaderData<typeof loader>();
  const labels = useWords(setupTexts);
  const isForeign = kind === 'foreign';
  return (
    <Section title={isForeign ? labels.forService : labels.forSenders} lead={isForeign ? labels.forServiceLead : labels.forLead}>
      {!isForeign && <Copyable label={labels.address} value={address} />}
      {!isForeign && <Copyable label={labels.destination} value={id} />}
      <Copyable label={labels.encryptionKey} value={encryptionKey} />
      <Copyable label={labels.eventKey} value={signingKey} />
    </Section>
  );
}

type Role = 'send' | 'fetch';

/** Who is known to it, to bring or to fetch. */
function Known({ as: role }: { readonly as: Role }) {
  const { senders } = useLoaderData<typeof loader>();
  const made = useActionData() as { role?: Role; client?: string; secret?: string } | undefined;
  const labels = useWords(setupTexts);
  const said = texts(labels)[role];
  return (
    <Section title={said.title}>
      {made?.client && made.secret && made.role === role && (
        <Alert tone="success" title={said.add}>
          <Copyable label={said.id} value={made.client} />
          <Copyable label={said.secret} value={made.secret} hint={labels.onceHint} />
        </Alert>
      )}
      {senders.some((one) => one.role === role) ? <KnownTable as={role} /> : <p>{labels.noSenders}</p>}
      <Form name={role === 'send' ? 'addSender' : 'addReceiver'} isInline labels={{ name: said.who }}>
        <TextField name="name" label={said.who} maxLength={100} />
        <Button>{said.add}</Button>
      </Form>
    </Section>
  );
}

const texts = (labels: Readonly<Record<keyof (typeof setupTexts)['de'], string>>) => ({
  send: {
    title: labels.senders,
    add: labels.addSender,
    who: labels.sender,
    id: labels.clientId,
    secret: labels.secretOnce,
  },
  fetch: {
    title: labels.receivers,
    add: labels.addReceiver,
    who: labels.receiver,
    id: labels.receiverId,
    secret: labels.receiverSecret,
  },
});

function KnownTable({ as: role }: { readonly as: Role }) {
  const { senders } = useLoaderData<typeof loader>();
  const labels = useWords(setupTexts);
  const { title, who } = texts(labels)[role];
  return (
    <Table
      caption={title}
      rows={senders.filter((one) => one.role === role)}
      keyOf={({ id }) => id}
      columns={[
        { key: 'name', label: who, kind: 'name', cell: ({ name }) => name },
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
  const { lines, kind } = useLoaderData<typeof loader>();
  const labels = useWords(setupTexts);
  if (lines.length === 0)
    return (
      <Section title={labels.latest}>
        <p>{labels.noLatest}</p>
      </Section>
    );
  const states = {
    announced: kind === 'foreign' ? labels.found : labels.announced,
    submitted: kind === 'kept' ? labels.waits : labels.submitted,
    accepted: labels.accepted,
    rejected: labels.rejected,
  };
  return (
    <Table
      caption={labels.latest}
      showsCaption
      rows={lines}
      keyOf={({ id }) => id}
      columns={[
        { key: 'when', label: labels.when, kind: 'name', cell: ({ announcedAt }) => <Moment at={announcedAt} /> },
        { key: 'sender', label: labels.sender, cell: ({ sender }) => sender ?? labels.unknownSender },
        {
          key: 'outcome',
          label: labels.outcome,
          cell: ({ state, problems, why, submission }) => (
            <>
              <State tone={state === 'rejected' ? 'danger' : state === 'accepted' ? 'success' : 'info'}>{states[state]}</State>
              {submission !== null && (
                <span className="below">
                  <TextLink to={`/eingang/${submission}`}>{labels.inTray}</TextLink>
                </span>
              )}
              {why !== '' && <span className="below">{why}</span>}
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
