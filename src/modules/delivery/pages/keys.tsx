import { useLoaderData } from 'react-router';
import { Button, Buttons } from '#ui/button';
import { Copyable } from '#ui/copyable';
import { TextField } from '#ui/field';
import { Form } from '#ui/form';
import { Moment } from '#ui/format';
import { type Fact, Facts, Section } from '#ui/page';
import { useWords } from '#ui/view';
import type { loader } from './inbox.tsx';
import { setupTexts } from './setup-texts.ts';

/** How old the keys of a destination are, and how they are replaced. */
export function KeysSection() {
  const { keysAt, old, senders, kind } = useLoaderData<typeof loader>();
  const labels = useWords(setupTexts);
  const [first] = old;
  const users = senders.filter(({ oldKeyAt, revokedAt }) => oldKeyAt !== null && oldKeyAt > keysAt && revokedAt === null);
  const facts: readonly (Fact | false)[] = [
    [labels.keysAt, <Moment key="since" at={keysAt} />],
    first !== undefined && [labels.oldUntil, <Moment key="until" at={first.endsAt} />],
    first !== undefined && kind === 'own' && [labels.oldUsers, users.map(({ name }) => name).join(', ') || labels.nobodyOld],
  ];
  return (
    <Section title={labels.keys} lead={labels.keysLead}>
      <Facts facts={facts.filter((fact) => fact !== false)} />
      {first === undefined ? <Renew /> : <Former />}
    </Section>
  );
}

function Renew() {
  const labels = useWords(setupTexts);
  return (
    <Form name="renew" labels={labels}>
      <TextField name="days" label={labels.days} hint={labels.daysHint} value="90" maxLength={3} type="number" width="short" />
      <Buttons>
        <Button>{labels.renew}</Button>
      </Buttons>
    </Form>
  );
}

function Former() {
  const { old } = useLoaderData<typeof loader>();
  const labels = useWords(setupTexts);
  return (
    <>
      {old.map(({ use, jwk }) => (
        <Copyable key={use} label={use === 'encrypt' ? labels.oldEncryption : labels.oldSigning} value={jwk} />
      ))}
      <Form name="endKeys">
        <p>{labels.endHint}</p>
        <Button>{labels.endKeys}</Button>
      </Form>
    </>
  );
}
