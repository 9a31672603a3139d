import { useLoaderData } from 'react-router';
import { Button } from '#ui/button';
import { Checkbox } from '#ui/choice';
import { TextField } from '#ui/field';
import { Form } from '#ui/form';
import { Page } from '#ui/page';
import { useWords } from '#ui/view';
import { act, load, type PageHouse, text } from '#web/context';
import { begin, secret } from './begin.ts';
import { put, signInTexts } from './sign-in-texts.ts';

/**
 * Looking at a link does not use it up: mail programmes look at every link they pass on. The page looks like those of the authority
 * that sent it, whatever the address of the server.
 */
export const loader = load(async (house, { params }) => {
  const { branding, ...link } = await house.rooms.accounts.viewLink(house.ctx, params.token ?? '');
  return { ...link, shownTenant: branding };
});

export const action = act(async (house, { request, params, form }) => {
  const { accounts } = house.rooms;
  const token = params.token ?? '';
  const { purpose } = await accounts.viewLink(house.ctx, token);
  const [password, repeat] = [secret(form, 'password'), secret(form, 'repeat')];
  const { address } = await use(house, { purpose, token, password, repeat, form });
  return begin(house, request, { address, password, to: '/' });
});

type Use = Readonly<Record<'purpose' | 'token' | 'password' | 'repeat', string>> & { readonly form: FormData };

async function use(house: PageHouse, { purpose, form, ...chosen }: Use): Promise<{ address: string }> {
  const { accounts } = house.rooms;
  if (purpose === 'invitation') return accounts.acceptInvitation(house.ctx, chosen);
  if (purpose === 'reset') {
    return accounts.resetPassword(house.ctx, { ...chosen, revokeAppPasswords: form.has('revokeAppPasswords') });
  }
  const [providerName, providerSlug] = [text(form, 'provider'), text(form, 'slug')];
  const [name, address] = [text(form, 'name'), text(form, 'address')];
  return accounts.setUpFirstOperator(house.ctx, { ...chosen, providerName, providerSlug, name, address });
}

export default function LinkPage() {
  const link = useLoaderData<typeof loader>();
  const labels = useWords(signInTexts);
  const titles = {
    invitation: [put(labels.invitation, link), put(labels.invitationLead, link)],
    reset: [labels.reset, put(labels.resetLead, link)],
    setUp: [labels.setUp, labels.setUpLead],
  } as const;
  const [title, lead] = titles[link.purpose];
  return (
    <Page title={title} lead={lead}>
      <Form name="link" labels={{ ...labels, password: labels.newPassword }}>
        {link.purpose === 'setUp' && <SetUpFields />}
        <input type="hidden" name="username" autoComplete="username" value={link.address} />
        <TextField
          name="password"
          type="password"
          label={labels.newPassword}
          hint={put(labels.passwordHint, { length: link.passwordLength })}
          autoComplete="new-password"
        />
        <TextField name="repeat" type="password" label={labels.repeat} autoComplete="new-password" />
        {link.purpose === 'reset' && (
          <Checkbox name="revokeAppPasswords" label={labels.revokeApps} hint={labels.revokeAppsHint} />
        )}
        <Button kind="primary">{link.purpose === 'setUp' ? labels.finish : labels.accept}</Button>
      </Form>
    </Page>
  );
}

function SetUpFields() {
  const labels = useWords(signInTexts);
  return (
    <>
      <TextField name="provider" label={labels.provider} maxLength={200} autoComplete="organization" />
      <TextField name="slug" label={labels.slug} hint={labels.slugHint} maxLength={63} width="medium" />
      <TextField name="name" label={labels.name} maxLength={200} autoComplete="name" />
      <TextField name="address" type="email" label={labels.mailAddress} autoComplete="email" />
    </>
  );
}
