import { useLoaderData } from 'react-router';
import { Button } from '#ui/button';
import { Form } from '#ui/form';
import { dayInWords, Moment } from '#ui/format';
import { type Fact, Facts, Page, Section } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { act, go, load } from '#web/context';
import { Attachments, Paragraphs } from './attachments.tsx';
import { mailboxTexts } from './mailbox-texts.ts';

export const loader = load(async (house, { params }) => house.rooms.mailbox.getSent(house.ctx, Number(params.id) || 0));

export const action = act(async (house, { params }) => {
  const id = Number(params.id) || 0;
  await house.rooms.mailbox.markPosted(house.ctx, id);
  return go(house, `/briefe/${id}`, { text: mailboxTexts[house.ctx.locale].postedDone });
});

export default function SentLetter() {
  const letter = useLoaderData<typeof loader>();
  const labels = useWords(mailboxTexts);
  const { locale } = useView();
  const isPost = letter.state === 'toPrint' || letter.state === 'printed';
  const there = isPost ? letter.printedAt : letter.readAt;
  const facts: Fact[] = [
    [labels.state, labels.states[letter.state]],
    [labels.to, letter.recipient.join(', ') || labels.byMailbox],
    [labels.rule, (isPost ? labels.postRules : labels.rules)[letter.rule]],
    [labels.sentAt, <Moment key="sent" at={letter.sentAt} />],
    [isPost ? labels.posted : labels.opened, there ? <Moment key="there" at={there} /> : labels.notYet],
  ];
  if (letter.deemedOn) facts.push([labels.counts, dayInWords(locale, new Date(letter.deemedOn))]);
  return (
    <Page title={letter.subject} above={[{ to: '/briefe', label: labels.letters }]}>
      <Facts facts={facts} />
      <Paragraphs text={letter.body} />
      {letter.files.length > 0 && (
        <Section title={labels.files}>
          <Attachments files={letter.files} addressOf={({ position }) => `/briefe/${letter.id}/anlage/${position}`} />
        </Section>
      )}
      <p>
        <a href={`/briefe/${letter.id}/brief.pdf`}>{labels.print}</a>
      </p>
      {letter.state === 'toPrint' && (
        <Form name="posted">
          <Button>{labels.posted}</Button>
        </Form>
      )}
      <Section title={labels.answers}>
        {letter.answers.length === 0 && <p>{labels.noAnswers}</p>}
        {letter.answers.map((answer) => (
          <div key={answer.id}>
            <p className="muted">
              <Moment at={answer.at} />
            </p>
            <Paragraphs text={answer.body} />
            <Attachments
              files={answer.files}
              addressOf={({ position }) => `/briefe/${letter.id}/antwort/${answer.id}/${position}`}
            />
          </div>
        ))}
      </Section>
    </Page>
  );
}
