import { useLoaderData } from 'react-router';
import { Button, Buttons, LinkButton } from '#ui/button';
import { Radios } from '#ui/choice';
import { FileField, TextArea, TextField } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { Page } from '#ui/page';
import { useWords } from '#ui/view';
import { act, go, load, readUpload, signedIn } from '#web/context';
import { mailboxTexts } from './mailbox-texts.ts';

export const loader = load(async (house) => {
  signedIn(house);
  return { once: house.rooms.mailbox.markOfLetter() };
});

export const action = act(async (house, { form }) => {
  const { fields, files } = await readUpload(house, form);
  const { address = '', recipient = '', subject = '', body = '', rule = '', once = '' } = fields;
  const id = await house.rooms.mailbox.writeLetter(house.ctx, { address, recipient, subject, body, rule, once, files });
  const texts = mailboxTexts[house.ctx.locale];
  return go(house, `/briefe/${id}`, { text: address.trim() === '' ? texts.sentByPost : texts.sent });
});

export default function SentNew() {
  const { once } = useLoaderData<typeof loader>();
  const labels = useWords(mailboxTexts);
  const rules = Object.entries(labels.rules).map(([value, label]) => ({ value, label }));
  return (
    <Page title={labels.write} lead={labels.writeLead} above={[{ to: '/briefe', label: labels.letters }]}>
      <Form name="write" isUpload labels={{ ...labels, file: labels.enclose }}>
        <Hidden name="once" value={once} />
        <TextField
          name="address"
          type="email"
          label={labels.address}
          hint={labels.addressHint}
          maxLength={254}
          autoComplete="off"
          isOptional
        />
        <TextArea name="recipient" label={labels.recipient} hint={labels.recipientHint} rows={4} isOptional />
        <Radios name="rule" legend={labels.rule} value="none" options={rules} />
        <TextField name="subject" label={labels.subject} maxLength={200} autoComplete="off" />
        <TextArea name="body" label={labels.body} rows={12} />
        <FileField name="file" label={labels.enclose} hint={labels.encloseHint} takesMany isOptional />
        <Buttons>
          <Button kind="primary" icon="mail">
            {labels.send}
          </Button>
          <LinkButton kind="tertiary" to="/briefe">
            {labels.cancel}
          </LinkButton>
        </Buttons>
      </Form>
    </Page>
  );
}
