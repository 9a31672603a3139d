import { useActionData, useLoaderData } from 'react-router';
import { Alert } from '#ui/alert';
import { Button, LinkButton } from '#ui/button';
import { Copyable } from '#ui/copyable';
import { TextField } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { Time } from '#ui/format';
import { Empty, Page, Section } from '#ui/page';
import { Table } from '#ui/table';
import { useWords } from '#ui/view';
import { act, go, load, signedIn, text } from '#web/context';
import { accountTexts } from './account-texts.ts';
import { DeviceName } from './device-name.tsx';
import { Guides } from './guides.tsx';

const here = '/konto/app-passwoerter';

export const loader = load(async (house) => {
  const { handle } = signedIn(house);
  const { platform } = house.ctx;
  const passwords = await house.rooms.accounts.listAppPasswords(house.ctx);
  return { now: platform.clock.now().getTime(), passwords, handle, server: platform.config.url };
});

/** The new secret is in this one answer and nowhere else, so there is no redirect after it. */
export const action = act(async (house, { form }) => {
  const { accounts } = house.rooms;
  if (text(form, '_form') === 'create') {
    const { secret } = await accounts.createAppPassword(house.ctx, { name: text(form, 'name') });
    return { secret };
  }
  const id = Number(text(form, 'password'));
  if (text(form, '_form').startsWith('keep')) {
    await accounts.takeBackDeviceWipe(house.ctx, id);
    return go(house, here, { text: accountTexts[house.ctx.locale].kept });
  }
  await accounts.revokeAppPassword(house.ctx, id);
  return go(house, here, { text: accountTexts[house.ctx.locale].removed });
});

export default function AppPasswords() {
  const { passwords, handle, server } = useLoaderData<typeof loader>();
  const labels = useWords(accountTexts);
  const created = useActionData() as { secret?: string } | undefined;
  if (created?.secret) {
    return (
      <Page title={labels.createdTitle}>
        <Alert tone="warning">
          <p>{labels.createdLead}</p>
        </Alert>
        <div className="form">
          <Copyable label={labels.secret} value={created.secret} />
          <Copyable label={labels.user} value={handle} />
          <Copyable label={labels.client} value={server} />
          <Copyable label={labels.server} value={`${server}/remote.php/dav/files/${handle}/`} />
        </div>
        <Section title={labels.how}>
          <Guides server={server} handle={handle} />
        </Section>
        <LinkButton kind="primary" to={here}>
          {labels.done}
        </LinkButton>
      </Page>
    );
  }
  return (
    <Page title={labels.appPasswords} lead={labels.appLead} width="wide">
      <Form name="create" isInline labels={{ name: labels.appName }}>
        <TextField name="name" label={labels.appName} hint={labels.appNameHint} maxLength={200} autoComplete="off" />
        <Button kind="primary" icon="key">
          {labels.create}
        </Button>
      </Form>
      <Section title={labels.existing}>
        {passwords.length === 0 ? (
          <Empty icon="key" title={labels.none}>
            <p>{labels.noneHint}</p>
          </Empty>
        ) : (
          <PasswordTable />
        )}
      </Section>
      <Section title={labels.how}>
        <Guides server={server} handle={handle} />
      </Section>
    </Page>
  );
}

function PasswordTable() {
  const { now, passwords } = useLoaderData<typeof loader>();
  const labels = useWords(accountTexts);
  return (
    <Table
      caption={labels.existing}
      rows={passwords}
      keyOf={({ id }) => id}
      columns={[
        { key: 'name', label: labels.name, kind: 'name', cell: (row) => <DeviceName {...row} labels={labels} /> },
        { key: 'created', label: labels.created, cell: ({ createdAt }) => <Time at={createdAt} now={now} /> },
        { key: 'used', label: labels.lastUsed, cell: ({ lastUsedAt }) => <Time at={lastUsedAt} now={now} /> },
        { key: 'network', label: labels.network, cell: ({ network }) => network },
        { key: 'remove', label: labels.remove, kind: 'actions', cell: (row) => <Deeds {...row} /> },
      ]}
    />
  );
}

type Row = Awaited<ReturnType<typeof loader>>['passwords'][number];

/** An order that was not carried out yet can only be taken back: without the app password the device would never hear of it. */
function Deeds({ id, name, wipeOrderedAt, wipedAt }: Row) {
  const labels = useWords(accountTexts);
  const isWaiting = wipeOrderedAt !== null && wipedAt === null;
  return (
    <Form name={`${isWaiting ? 'keep' : 'remove'}-${id}`} isInline>
      <Hidden name="password" value={id} />
      {wipeOrderedAt === null && (
        <LinkButton kind="tertiary" isSmall to={`${here}/${id}/loeschen`} about={name}>
          {labels.wipe}
        </LinkButton>
      )}
      <Button isSmall about={name}>
        {isWaiting ? labels.keep : labels.remove}
      </Button>
    </Form>
  );
}
