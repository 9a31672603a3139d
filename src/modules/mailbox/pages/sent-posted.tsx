import { useLoaderData } from 'react-router';
import { Alert } from '#ui/alert';
import { Button, Buttons, LinkButton } from '#ui/button';
import { Form, Hidden } from '#ui/form';
import { Page } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { act, go, load } from '#web/context';
import { addressOf, chosenIn, countLetters } from './chosen-letters.ts';
import { put } from './mailbox-texts.ts';
import { printTexts } from './print-texts.ts';

/** Asks before several letters are noted as posted, which nobody can take back. */
export const loader = load(async (house, { url }) => {
  const { waiting, posted } = await house.rooms.mailbox.chosenLetters(house.ctx, chosenIn(url.searchParams));
  return {
    waiting: waiting.map(({ id, subject, recipient }) => ({ id, subject, to: recipient[0] ?? '' })),
    posted: posted.map(({ subject }) => subject),
    ids: [...waiting, ...posted].map(({ id }) => id),
  };
});

export const action = act(async (house, { form }) => {
  const { locale } = house.ctx;
  const ids = chosenIn(form);
  const noted = await house.rooms.mailbox.markAllPosted(house.ctx, ids);
  const labels = printTexts[locale];
  const others = ids.length - noted;
  const values = { letters: countLetters(locale, noted), others: countLetters(locale, others) };
  return go(house, '/briefe?stand=post', { text: put(others > 0 ? labels.notedOthers : labels.noted, values) });
});

export default function SentPosted() {
  const { waiting, posted, ids } = useLoaderData<typeof loader>();
  const labels = useWords(printTexts);
  const { locale } = useView();
  const above = [
    { to: '/briefe?stand=post', label: labels.waiting },
    { to: addressOf('/briefe/drucken', ids), label: labels.title },
  ];
  const title = put(labels.ask, { letters: countLetters(locale, waiting.length) });
  return (
    <Page title={title} lead={labels.askLead} above={above}>
      {posted.length > 0 && <Alert tone="warning">{put(labels.alreadyPosted, { subjects: posted.join(', ') })}</Alert>}
      <ul>
        {waiting.map(({ id, subject, to }) => (
          <li key={id}>
            {subject}
            <span className="below">{to}</span>
          </li>
        ))}
      </ul>
      <Form name="posted">
        {waiting.map(({ id }) => (
          <Hidden key={id} name="brief" value={id} />
        ))}
        <Buttons>
          {waiting.length > 0 && <Button kind="primary">{labels.yes}</Button>}
          <LinkButton kind="tertiary" to={addressOf('/briefe/drucken', ids)}>
            {labels.cancel}
          </LinkButton>
        </Buttons>
      </Form>
    </Page>
  );
}
