import { redirect, useLoaderData, useParams } from 'react-router';
import { Alert } from '#ui/alert';
import { Button, Buttons, LinkButton } from '#ui/button';
import { Form } from '#ui/form';
import { Facts, Page } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { act, load } from '#web/context';
import { put } from './form-texts.ts';
import { shownBy } from './parts.tsx';
import { proofTexts } from './proof-texts.ts';
import './forms.css';

/** Comes from the state identity back to the form, or says why one has to go there. */
export const loader = load(async (house, { request, params }) => {
  const { forms, accounts } = house.rooms;
  const { form = '', token = '' } = params;
  const cookie = accounts.readIdentityCookie(house.ctx, request.headers.get('Cookie'));
  const isProven = cookie !== null && (await forms.proveDraft(house.ctx, token, cookie.secret));
  const view = await forms.lookAtProof(house.ctx, token);
  if (!view.need.isMet) return { view, ...(await shownBy(house, token)) };
  const to = view.goTo === 'status' ? `/antrag/status/${token}` : `/antrag/${form}/${token}/${view.goTo}`;
  throw redirect(to, isProven ? { headers: accounts.clearedIdentityCookies(house.ctx) } : {});
});

export const action = act(async (house, { params }) => {
  const { forms, accounts } = house.rooms;
  const { form = '', token = '' } = params;
  const secret = await forms.beginProof(house.ctx, token);
  const cookie = accounts.identityCookie(house.ctx, { secret, onward: `/antrag/${form}/${token}/ausweisen` });
  return redirect('/identitaet', { headers: { 'Set-Cookie': cookie } });
});

export default function ProvePage() {
  const { view } = useLoaderData<typeof loader>();
  const { form, token } = useParams();
  const labels = useWords(proofTexts);
  const { locale } = useView();
  const { need, title, attributes, goTo } = view;
  const base = `/antrag/${form}/${token}`;
  const taken = attributes.map((attribute) => labels.attributes[attribute]).join(', ');
  return (
    <Page title={labels.title} lead={labels.lead}>
      <p className="progress">{title[locale]}</p>
      <Facts
        facts={[
          [labels.law, need.law[locale]],
          [labels.taken, taken || labels.nothing],
        ]}
      />
      <p>{labels.kept}</p>
      {need.level !== 'account' && need.identity === null && <Alert tone="warning" title={labels.none} />}
      {need.level !== 'account' && need.identity !== null && (
        <Form name="prove">
          <Buttons>
            <Button kind="primary">{put(labels.begin, { name: need.identity })}</Button>
            <LinkButton to={`${base}/${goTo}`}>{labels.back}</LinkButton>
          </Buttons>
        </Form>
      )}
      {need.level === 'account' && (
        <LinkButton kind="primary" to={`/postfach/anmelden?${new URLSearchParams({ weiter: `${base}/ausweisen` })}`}>
          {labels.signIn}
        </LinkButton>
      )}
    </Page>
  );
}
