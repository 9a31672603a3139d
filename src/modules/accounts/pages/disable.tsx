import { useLoaderData } from 'react-router';
import { Alert } from '#ui/alert';
import { Button, Buttons, LinkButton } from '#ui/button';
import { TextArea } from '#ui/field';
import { Form } from '#ui/form';
import { Page } from '#ui/page';
import { useWords } from '#ui/view';
import { act, go, load, signedIn, text } from '#web/context';
import { peopleTexts } from './people-texts.ts';
import { put } from './sign-in-texts.ts';

export const loader = load(async (house, { params }) => {
  const { account } = signedIn(house);
  const { id, name } = await house.rooms.accounts.getPerson(house.ctx, { account: Number(params.id) || 0 });
  return { id, name, isSelf: id === account };
});

export const action = act(async (house, { params, form }) => {
  const { accounts } = house.rooms;
  const ref = { account: Number(params.id) || 0 };
  await accounts.disable(house.ctx, ref, text(form, 'reason').replaceAll(/\s+/g, ' '));
  const { name } = await accounts.getPerson(house.ctx, ref);
  const here = `/verwaltung/personen/${ref.account}`;
  const undo = { action: here, fields: { _form: 'enable' } };
  return go(house, here, { text: put(peopleTexts[house.ctx.locale].disabledDone, { name }), undo });
});

export default function Disable() {
  const { id, name, isSelf } = useLoaderData<typeof loader>();
  const labels = useWords(peopleTexts);
  const here = `/verwaltung/personen/${id}`;
  const above = [
    { to: '/verwaltung/personen', label: labels.people },
    { to: here, label: name },
  ];
  return (
    <Page title={labels.disableTitle} above={above}>
      {isSelf ? <NotYourself /> : <Question name={name} here={here} />}
    </Page>
  );
}

/** Nobody locks themselves out: there would be nobody to take it back. */
function NotYourself() {
  const labels = useWords(peopleTexts);
  return (
    <Alert tone="info" title={labels.isSelf}>
      <p>{labels.isSelfHint}</p>
    </Alert>
  );
}

function Question({ name, here }: { readonly name: string; readonly here: string }) {
  const labels = useWords(peopleTexts);
  return (
    <>
      <Alert tone="warning">
        <p>{put(labels.disableLead, { name })}</p>
      </Alert>
      <Form name="disable" labels={labels}>
        <TextArea name="reason" label={labels.reason} hint={labels.reasonHint} isOptional />
        <Buttons>
          <Button kind="danger" icon="stop">
            {labels.disable}
          </Button>
          <LinkButton kind="tertiary" to={here}>
            {labels.cancel}
          </LinkButton>
        </Buttons>
      </Form>
    </>
  );
}
