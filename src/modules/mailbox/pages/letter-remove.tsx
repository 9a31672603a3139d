import { redirect, useLoaderData } from 'react-router';
import { Button, Buttons, LinkButton } from '#ui/button';
import { Form } from '#ui/form';
import { Page } from '#ui/page';
import { useWords } from '#ui/view';
import { act, load } from '#web/context';
import { mailboxTexts } from './mailbox-texts.ts';

/** Asks before deleting, without opening the letter. */
export const loader = load(async (house, { params }) => {
  const letters = await house.rooms.mailbox.listLetters(house.ctx);
  const found = letters.find(({ id }) => id === Number(params.letter));
  if (!found) throw house.missing();
  return { id: found.id, subject: found.subject };
});

export const action = act(async (house, { params }) => {
  await house.rooms.mailbox.removeLetter(house.ctx, Number(params.letter) || 0);
  return redirect('/postfach');
});

export default function LetterRemove() {
  const { id, subject } = useLoaderData<typeof loader>();
  const labels = useWords(mailboxTexts);
  const above = [
    { to: '/postfach', label: labels.mailbox },
    { to: `/postfach/${id}`, label: subject },
  ];
  return (
    <Page title={labels.remove} lead={labels.removeLead} above={above}>
      <Form name="remove">
        <Buttons>
          <Button kind="danger">{labels.removeAction}</Button>
          <LinkButton kind="tertiary" to={`/postfach/${id}`}>
            {labels.cancel}
          </LinkButton>
        </Buttons>
      </Form>
    </Page>
  );
}
