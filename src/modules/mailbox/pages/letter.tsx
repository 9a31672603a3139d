import { redirect, useLoaderData } from 'react-router';
import { Alert } from '#ui/alert';
import { Button, LinkButton } from '#ui/button';
import { FileField, TextArea } from '#ui/field';
import { Form } from '#ui/form';
import { dayInWords, Moment } from '#ui/format';
import { type Fact, Facts, Page, Section } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { act, load, readUpload } from '#web/context';
import { Attachments, Paragraphs } from './attachments.tsx';
import { mailboxTexts } from './mailbox-texts.ts';

/**
 * Opening counts in law, so it has to be the person who opens: neither a page of another site that leads here, nor a browser or a
 * programme that looks ahead, ends up with more than the list.
 */
function checkOpens({ method, headers }: Request): void {
  const isElsewhere = headers.get('Sec-Fetch-Site') === 'cross-site';
  const looksAhead = headers.has('Sec-Purpose') || headers.get('Purpose') === 'prefetch';
  if (method === 'HEAD' || isElsewhere || looksAhead) throw redirect('/postfach');
}

export const loader = load(async (house, { params, request }) => {
  checkOpens(request);
  const {
    citizen: _whose,
    sent: _number,
    senderTenant: _tenant,
    ...letter
  } = await house.rooms.mailbox.openLetter(house.ctx, Number(params.letter) || 0);
  return { ...letter, isAnswered: new URL(request.url).searchParams.has('beantwortet') };
});

export const action = act(async (house, { params, form }) => {
  const { fields, files } = await readUpload(house, form);
  await house.rooms.mailbox.replyTo(house.ctx, Number(params.letter) || 0, { body: fields.body ?? '', files });
  return redirect(`/postfach/${Number(params.letter)}?beantwortet`);
});

export default function Letter() {
  const letter = useLoaderData<typeof loader>();
  const labels = useWords(mailboxTexts);
  const { locale } = useView();
  const facts: Fact[] = [
    [labels.sender, letter.senderName],
    [labels.received, <Moment key="at" at={letter.providedAt} />],
  ];
  if (letter.deemedOn) facts.push([labels.counts, `${dayInWords(locale, new Date(letter.deemedOn))}. ${labels.countsHint}`]);
  return (
    <Page title={letter.subject} above={[{ to: '/postfach', label: labels.mailbox }]}>
      {letter.isAnswered && (
        <Alert tone="success">
          <p>{labels.replied}</p>
        </Alert>
      )}
      <Facts facts={facts} />
      <Paragraphs text={letter.body} />
      {letter.files.length > 0 && (
        <Section title={labels.files}>
          <Attachments files={letter.files} addressOf={({ position }) => `/postfach/${letter.id}/anlage/${position}`} />
        </Section>
      )}
      {letter.replies.length > 0 && (
        <Section title={labels.yourAnswers}>
          {letter.replies.map((reply) => (
            <div key={reply.id}>
              <p className="muted">
                <Moment at={reply.at} />
              </p>
              <Paragraphs text={reply.body} />
              {reply.files.length > 0 && <p>{reply.files.map(({ name }) => name).join(', ')}</p>}
            </div>
          ))}
        </Section>
      )}
      <Section title={labels.reply}>
        <Form name="reply" isUpload labels={{ body: labels.replyBody, file: labels.replyFiles }}>
          <TextArea name="body" label={labels.replyBody} rows={6} />
          <FileField name="file" label={labels.replyFiles} hint={labels.replyFilesHint} takesMany isOptional />
          <Button kind="primary">{labels.sendReply}</Button>
        </Form>
      </Section>
      <p>
        <LinkButton kind="tertiary" to={`/postfach/${letter.id}/loeschen`}>
          {labels.remove}
        </LinkButton>
      </p>
    </Page>
  );
}
