import { Link, useLoaderData } from 'react-router';
import { State } from '#ui/alert';
import { LinkButton } from '#ui/button';
import { Moment } from '#ui/format';
import { Empty, Page } from '#ui/page';
import { useWords } from '#ui/view';
import { load } from '#web/context';
import { mailboxTexts, put } from './mailbox-texts.ts';

export const loader = load(async (house) => {
  const letters = await house.rooms.mailbox.listLetters(house.ctx);
  return letters.map(({ id, subject, senderName, providedAt, readAt }) => ({
    id,
    subject,
    senderName,
    providedAt,
    isNew: readAt === null,
  }));
});

export default function Letters() {
  const letters = useLoaderData<typeof loader>();
  const labels = useWords(mailboxTexts);
  const actions = (
    <>
      <LinkButton to="/postfach/antraege">{labels.applications}</LinkButton>
      <LinkButton to="/postfach/konto">{labels.account}</LinkButton>
    </>
  );
  return (
    <Page title={labels.mailbox} lead={labels.lead} actions={actions}>
      {letters.length === 0 ? (
        <Empty icon="mail" title={labels.noLetters}>
          <p>{labels.noLettersLead}</p>
        </Empty>
      ) : (
        <ul className="letters">
          {letters.map(({ id, subject, senderName, providedAt, isNew }) => (
            <li key={id}>
              <Link to={`/postfach/${id}`}>{subject}</Link> {isNew && <State tone="info">{labels.unread}</State>}
              <span className="below">
                {put(labels.from, { sender: senderName })}, <Moment at={providedAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}
