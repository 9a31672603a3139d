import { Button, Buttons } from '#ui/button';
import { TextArea, TextField } from '#ui/field';
import { Form } from '#ui/form';
import { Page } from '#ui/page';
import { useWords } from '#ui/view';
import { act, go, load, signedIn, text } from '#web/context';
import { setupTexts } from './setup-texts.ts';

export const loader = load(async (house) => {
  signedIn(house);
  await house.rooms.delivery.listInboxes(house.ctx);
  return null;
});

export const action = act(async (house, { form }) => {
  signedIn(house);
  const id = await house.rooms.delivery.keepInbox(house.ctx, {
    title: text(form, 'title'),
    encryptionKey: text(form, 'encryptionKey'),
    signingKey: text(form, 'signingKey'),
  });
  return go(house, `/verwaltung/zustellung/empfang/${id}`, { text: setupTexts[house.ctx.locale].opened });
});

/** A destination somebody else fetches from, with keys of theirs. */
export default function KeptPage() {
  const labels = useWords(setupTexts);
  return (
    <Page title={labels.openKept} lead={labels.keptLead} above={[{ to: '/verwaltung/zustellung', label: labels.title }]}>
      <Form name="kept" labels={{ ...labels, title: labels.name, signingKey: labels.eventKey }}>
        <TextField name="title" label={labels.name} hint={labels.keptHint} maxLength={100} />
        <TextArea name="encryptionKey" label={labels.encryptionKey} hint={labels.keyHint} rows={5} />
        <TextArea name="signingKey" label={labels.eventKey} hint={labels.keyHint} rows={5} />
        <Buttons>
          <Button kind="primary">{labels.save}</Button>
        </Buttons>
      </Form>
    </Page>
  );
}
