import { redirect, useLoaderData } from 'react-router';
import { Button } from '#ui/button';
import { Radios } from '#ui/choice';
import { TextField } from '#ui/field';
import { Form } from '#ui/form';
import { Page } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { act, load, signedIn, text } from '#web/context';
import { counterTexts, identityTexts } from './counter-texts.ts';
import { TextList } from './parts.tsx';
import './forms.css';

export const loader = load(async (house, { params }) => {
  signedIn(house);
  const { forms } = house.rooms;
  return { ...(await forms.lookAtCounterForm(house.ctx, params.form ?? '')), proofs: forms.identityProofs };
});

export const action = act(async (house, { form, params }) => {
  signedIn(house);
  const input = { form: params.form ?? '', served: text(form, 'served'), identity: text(form, 'identity') };
  const { token, page } = await house.rooms.forms.beginAtCounter(house.ctx, input);
  return redirect(`/antrag/${params.form}/${token}/${page}`);
});

/** Who stands at the counter, and how they have shown it. */
export default function CounterBegin() {
  const { title, needs, proofs } = useLoaderData<typeof loader>();
  const labels = useWords(counterTexts);
  const identities = useWords(identityTexts);
  const { locale } = useView();
  const above = [
    { to: '/eingang', label: labels.tray },
    { to: '/eingang/am-schalter', label: labels.title },
  ];
  return (
    <Page title={title[locale]} lead={labels.beginLead} above={above}>
      <TextList title={labels.needs} texts={needs} />
      {/* The pages of the form are the citizens': they come as a whole page. */}
      <Form name="serve" labels={labels} reloads>
        <TextField name="served" label={labels.served} hint={labels.servedHint} maxLength={120} />
        <Radios name="identity" legend={labels.identity} options={proofs.map((value) => ({ value, label: identities[value] }))} />
        <Button kind="primary">{labels.begin}</Button>
      </Form>
    </Page>
  );
}
