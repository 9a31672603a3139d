import { useLoaderData } from 'react-router';
import { Button } from '#ui/button';
import { TextField } from '#ui/field';
import { Form } from '#ui/form';
import { Page } from '#ui/page';
import { useWords } from '#ui/view';
import { act, load } from '#web/context';
import { secret } from './begin.ts';
import { beginCitizen } from './citizen-begin.ts';
import { citizenTexts } from './citizen-texts.ts';
import { put } from './sign-in-texts.ts';

/** Looking at a link does not use it up: mail programmes look at every link they pass on. */
export const loader = load(async (house, { params }) => {
  const { accounts } = house.rooms;
  const { address } = await accounts.viewCitizenLink(house.ctx, params.token ?? '');
  return { address, length: accounts.citizenLimits.passwordLength };
});

export const action = act(async (house, { params, form }) => {
  const [password, repeat] = [secret(form, 'password'), secret(form, 'repeat')];
  const { address } = await house.rooms.accounts.openCitizenLink(house.ctx, { token: params.token ?? '', password, repeat });
  return beginCitizen(house, { address, password, to: '/postfach' });
});

export default function CitizenLink() {
  const { address, length } = useLoaderData<typeof loader>();
  const labels = useWords(citizenTexts);
  return (
    <Page title={labels.choose} lead={put(labels.chooseLead, { address })}>
      <Form name="link" labels={{ ...labels, password: labels.newPassword }}>
        <input type="hidden" name="username" autoComplete="username" value={address} />
        <TextField
          name="password"
          type="password"
          label={labels.newPassword}
          hint={put(labels.passwordHint, { length })}
          autoComplete="new-password"
        />
        <TextField name="repeat" type="password" label={labels.repeat} autoComplete="new-password" />
        <Button kind="primary">{labels.save}</Button>
      </Form>
    </Page>
  );
}
