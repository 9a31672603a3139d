import { useLoaderData } from 'react-router';
import { Alert } from '#ui/alert';
import { Button } from '#ui/button';
import { TextField } from '#ui/field';
import { Form } from '#ui/form';
import { Time } from '#ui/format';
import { Facts, Page } from '#ui/page';
import { useWords } from '#ui/view';
import { act, go, load, signedIn, text } from '#web/context';
import { deviceTexts } from './device-texts.ts';

export const loader = load(async (house, { params }) => {
  const { name, address } = signedIn(house);
  const { client, network, createdAt } = await house.rooms.accounts.viewDeviceLogin(house.ctx, params.token ?? '');
  const now = house.ctx.platform.clock.now().getTime();
  return { client, network, createdAt, now, account: `${name} (${address})`, isElsewhere: network !== house.ctx.network };
});

export const action = act(async (house, { params, form }) => {
  signedIn(house);
  const { accounts } = house.rooms;
  const token = params.token ?? '';
  if (text(form, '_form') === 'refuse') {
    await accounts.refuseDevice(house.ctx, token);
    return go(house, '/geraet?abgelehnt');
  }
  await accounts.grantDevice(house.ctx, token, { name: text(form, 'name') });
  return go(house, '/geraet');
});

export default function Device() {
  const { client, network, createdAt, now, account, isElsewhere } = useLoaderData<typeof loader>();
  const labels = useWords(deviceTexts);
  const programme = client || labels.unknownClient;
  return (
    <Page title={labels.title} lead={labels.lead}>
      {isElsewhere && (
        <Alert tone="warning">
          <p>{labels.elsewhere}</p>
        </Alert>
      )}
      <Facts
        facts={[
          [labels.client, programme],
          [labels.network, network],
          [labels.asked, <Time key="asked" at={createdAt} now={now} />],
          [labels.account, account],
        ]}
      />
      <Form name="grant" labels={labels}>
        <TextField name="name" label={labels.name} hint={labels.nameHint} value={programme} maxLength={200} autoComplete="off" />
        <Button kind="primary">{labels.grant}</Button>
      </Form>
      <Form name="refuse">
        <Button>{labels.refuse}</Button>
      </Form>
    </Page>
  );
}
