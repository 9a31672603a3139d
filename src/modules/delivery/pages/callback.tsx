import { useActionData, useLoaderData } from 'react-router';
import { Alert } from '#ui/alert';
import { Button, Buttons } from '#ui/button';
import { Copyable } from '#ui/copyable';
import { TextField } from '#ui/field';
import { Form } from '#ui/form';
import { Section } from '#ui/page';
import { useWords } from '#ui/view';
import type { loader } from './inbox.tsx';
import { setupTexts } from './setup-texts.ts';

/** Whom we call about new submissions others fetch here. */
export function CallsSection() {
  const { callAddress, isCalled } = useLoaderData<typeof loader>();
  const labels = useWords(setupTexts);
  return (
    <Section title={labels.calls} lead={labels.callsLead}>
      <Form name="callback" labels={{ ...labels, secret: labels.callSecret }}>
        <TextField
          name="callAddress"
          type="url"
          label={labels.callAddress}
          hint={labels.callAddressHint}
          value={callAddress ?? ''}
          maxLength={500}
          isOptional
        />
        <TextField
          name="secret"
          type="password"
          autoComplete="off"
          label={labels.callSecret}
          hint={isCalled ? labels.secretKept : labels.secretHint}
          maxLength={500}
          isOptional
        />
        <Buttons>
          <Button>{labels.callSave}</Button>
        </Buttons>
      </Form>
    </Section>
  );
}

/** What the delivery service we fetch from needs to call us; the secret is shown once. */
export function CalledSection() {
  const { callAddress, isCalled } = useLoaderData<typeof loader>();
  const made = useActionData() as { callbackSecret?: string } | undefined;
  const labels = useWords(setupTexts);
  return (
    <Section title={labels.called} lead={labels.calledLead}>
      <Copyable label={labels.callAddress} value={callAddress ?? ''} />
      {made?.callbackSecret && (
        <Alert tone="success" title={labels.makeCallSecret}>
          <Copyable label={labels.callSecret} value={made.callbackSecret} hint={labels.onceHint} />
        </Alert>
      )}
      <Form name="callSecret">
        {isCalled && <p>{labels.renewCallHint}</p>}
        <Button>{isCalled ? labels.renewCallSecret : labels.makeCallSecret}</Button>
      </Form>
    </Section>
  );
}
