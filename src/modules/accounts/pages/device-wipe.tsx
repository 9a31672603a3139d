import { useLoaderData } from 'react-router';
import { Alert } from '#ui/alert';
import { Button, Buttons, LinkButton } from '#ui/button';
import { Form } from '#ui/form';
import { Page } from '#ui/page';
import { useWords } from '#ui/view';
import { act, go, load, signedIn } from '#web/context';
import { accountTexts } from './account-texts.ts';
import { deviceTexts } from './device-texts.ts';
import { put } from './sign-in-texts.ts';

const above = '/konto/app-passwoerter';

export const loader = load(async (house, { params }) => {
  signedIn(house);
  const passwords = await house.rooms.accounts.listAppPasswords(house.ctx);
  const found = passwords.find(({ id, wipeOrderedAt }) => String(id) === params.id && wipeOrderedAt === null);
  if (!found) throw house.missing();
  return { name: found.name };
});

export const action = act(async (house, { params }) => {
  await house.rooms.accounts.wipeDevice(house.ctx, Number(params.id) || 0);
  return go(house, above, { text: deviceTexts[house.ctx.locale].ordered });
});

export default function DeviceWipe() {
  const { name } = useLoaderData<typeof loader>();
  const labels = useWords(deviceTexts);
  const { appPasswords } = useWords(accountTexts);
  return (
    <Page title={put(labels.wipeTitle, { name })} lead={labels.wipeLead} above={[{ to: above, label: appPasswords }]}>
      <Alert tone="warning">
        <p>{labels.wipeLimits}</p>
      </Alert>
      <Form name="wipe">
        <Buttons>
          <Button kind="danger">{labels.wipe}</Button>
          <LinkButton kind="tertiary" to={above}>
            {labels.cancel}
          </LinkButton>
        </Buttons>
      </Form>
    </Page>
  );
}
