import { useLoaderData } from 'react-router';
import { State } from '#ui/alert';
import { Button } from '#ui/button';
import { Form, Hidden } from '#ui/form';
import { Time } from '#ui/format';
import { Page } from '#ui/page';
import { Table } from '#ui/table';
import { useWords } from '#ui/view';
import { act, go, load, signedIn, text } from '#web/context';
import { accountTexts } from './account-texts.ts';

const here = '/konto/sitzungen';

export const loader = load(async (house) => {
  signedIn(house);
  const sessions = await house.rooms.accounts.listSessions(house.ctx);
  return { now: house.ctx.platform.clock.now().getTime(), sessions };
});

export const action = act(async (house, { form }) => {
  const { accounts } = house.rooms;
  const labels = accountTexts[house.ctx.locale];
  if (text(form, '_form') === 'others') {
    await accounts.revokeOtherSessions(house.ctx);
    return go(house, here, { text: labels.revokedOthers });
  }
  await accounts.revokeSession(house.ctx, Number(text(form, 'session')));
  return go(house, here, { text: labels.revoked });
});

export default function Sessions() {
  const { now, sessions } = useLoaderData<typeof loader>();
  const labels = useWords(accountTexts);
  const others = sessions.length > 1 && (
    <Form name="others">
      <Button icon="signOut">{labels.revokeOthers}</Button>
    </Form>
  );
  return (
    <Page title={labels.sessions} lead={labels.sessionsLead} width="wide" actions={others}>
      <Table
        caption={labels.sessions}
        rows={sessions}
        keyOf={({ id }) => id}
        columns={[
          { key: 'device', label: labels.device, kind: 'name', cell: ({ device }) => device || labels.unknownDevice },
          { key: 'network', label: labels.network, cell: ({ network }) => network },
          { key: 'since', label: labels.since, cell: ({ createdAt }) => <Time at={createdAt} now={now} /> },
          { key: 'used', label: labels.lastUsed, cell: ({ lastUsedAt }) => <Time at={lastUsedAt} now={now} /> },
          {
            key: 'revoke',
            label: labels.revoke,
            kind: 'actions',
            cell: ({ id, device, isThis }) =>
              isThis ? (
                <State tone="info">{labels.here}</State>
              ) : (
                <Form name={`session-${id}`} isInline>
                  <Hidden name="session" value={id} />
                  <Button isSmall about={device}>
                    {labels.revoke}
                  </Button>
                </Form>
              ),
          },
        ]}
      />
    </Page>
  );
}
