import { useLoaderData } from 'react-router';
import { Button } from '#ui/button';
import { Select, TextField } from '#ui/field';
import { Form } from '#ui/form';
import { Page, Section } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { act, go, load, signedIn, text } from '#web/context';
import { accountTexts } from './account-texts.ts';
import { secret } from './begin.ts';
import { put } from './sign-in-texts.ts';

export const loader = load(async (house) => {
  const { tenant, name, address, handle } = signedIn(house);
  const profile = await house.rooms.tenants.profile(house.ctx.platform, tenant);
  return { name, address, handle, passwordLength: profile?.policies.passwordLength ?? 12 };
});

export const action = act(async (house, { form }) => {
  signedIn(house);
  const { accounts } = house.rooms;
  if (text(form, '_form') === 'password') {
    const [next, repeat] = [secret(form, 'password'), secret(form, 'repeat')];
    await accounts.changePassword(house.ctx, { current: secret(form, 'current'), next, repeat });
    return go(house, '/konto', { text: accountTexts[house.ctx.locale].passwordChanged });
  }
  const locale = text(form, 'locale');
  await accounts.updateProfile(house.ctx, { name: text(form, 'name'), locale });
  const answer = go(house, '/konto', { text: accountTexts[locale === 'en' ? 'en' : 'de'].saved });
  answer.headers.append('Set-Cookie', house.cookies.language(locale));
  return answer;
});

const languages = [
  { value: 'de', label: 'Deutsch' },
  { value: 'en', label: 'English' },
];

export default function Profile() {
  const { name, address, handle, passwordLength } = useLoaderData<typeof loader>();
  const { locale } = useView();
  const labels = useWords(accountTexts);
  return (
    <Page title={labels.account}>
      <Section title={labels.profile}>
        <Form name="profile" labels={labels} reloads>
          <TextField name="name" label={labels.name} value={name} maxLength={200} autoComplete="name" />
          <div className="form-pair">
            <TextField name="shownAddress" label={labels.address} hint={labels.addressHint} value={address} isReadOnly />
            <TextField name="shownHandle" label={labels.handle} hint={labels.handleHint} value={handle} isReadOnly />
          </div>
          <Select name="locale" label={labels.locale} value={locale} options={languages} />
          <Button kind="primary">{labels.save}</Button>
        </Form>
      </Section>
      <Section title={labels.password} lead={labels.passwordLead}>
        <Form name="password" labels={{ ...labels, password: labels.newPassword }}>
          {/* For password managers: which account this is about. */}
          <input type="hidden" name="username" autoComplete="username" value={address} />
          <TextField name="current" type="password" label={labels.current} autoComplete="current-password" width="long" />
          <TextField
            name="password"
            type="password"
            label={labels.newPassword}
            hint={put(labels.passwordHint, { length: passwordLength })}
            autoComplete="new-password"
            width="long"
          />
          <TextField name="repeat" type="password" label={labels.repeat} autoComplete="new-password" width="long" />
          <Button>{labels.changePassword}</Button>
        </Form>
      </Section>
    </Page>
  );
}
