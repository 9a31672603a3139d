import { redirect, useLoaderData } from 'react-router';
import { Button, Buttons, TextLink } from '#ui/button';
import { TextArea } from '#ui/field';
import { FieldFrame, Form } from '#ui/form';
import { Page } from '#ui/page';
import { useWords } from '#ui/view';
import { act, load, text } from '#web/context';
import { answerTexts } from './applicant-texts.ts';
import { Attach, AttachScript } from './attach.tsx';
import { put, statusTexts } from './form-texts.ts';
import { shownBy, useDay } from './parts.tsx';
import { AttachedFiles } from './questions.tsx';
import './forms.css';

/** Files go in pieces where the browser runs scripts. */
export const handle = { ownScript: true };

export const loader = load(async (house, { params }) => {
  const { token = '' } = params;
  const { requests, files, state } = await house.rooms.forms.lookAtStatus(house.ctx, token);
  const asked = requests.find(({ id }) => id === Number(params.request));
  if (!asked || asked.answeredAt !== null || state !== 'evidenceRequested') throw redirect(`/antrag/status/${token}`);
  const mine = files.filter(({ field }) => field === `evidence:${asked.id}`);
  const field = `evidence:${asked.id}`;
  const arriving = (await house.rooms.forms.lookAtArriving(house.ctx, token))[field] ?? [];
  return { asked, arriving, files: mine, token, status: `/antrag/status/${token}`, ...(await shownBy(house, token)) };
});

/** Each file is stored as it arrives; one that is refused keeps neither the others back nor what was typed. */
export const action = act(async (house, { form, params }) => {
  const { token = '' } = params;
  const request = Number(params.request) || 0;
  let refused: unknown = null;
  for await (const part of house.parts()) {
    if (part.kind === 'field') form.set(part.name, part.value);
    else {
      const file = { request, name: part.fileName, bytes: part.stream };
      await house.rooms.forms.addFile(house.ctx, token, file).catch((error: unknown) => {
        refused ??= error;
      });
    }
  }
  if (refused) throw refused;
  const removed = Number(text(form, '_remove'));
  if (removed > 0) await house.rooms.forms.removeFile(house.ctx, token, removed);
  const dropped = text(form, '_drop');
  if (dropped !== '') await house.rooms.forms.dropUpload(house.ctx, token, dropped);
  if (removed > 0 || dropped !== '') return redirect(`/antrag/status/${token}/antworten/${request}`);
  await house.rooms.forms.answerEvidence(house.ctx, token, { request, text: text(form, 'text') });
  return redirect(`/antrag/status/${token}?geantwortet`);
});

/** What the office has asked, and the answer in words and files. */
export default function AnswerPage() {
  const { asked, arriving, files, token, status } = useLoaderData<typeof loader>();
  const labels = useWords(answerTexts);
  const words = useWords(statusTexts);
  const day = useDay();
  return (
    <Page title={labels.title}>
      <p>
        <TextLink to={status}>{labels.back}</TextLink>
      </p>
      <p className="prose">{asked.text}</p>
      <p>{put(words.due, { day: day(asked.dueOn) })}</p>
      <Form isUpload labels={{ text: labels.text }}>
        <TextArea name="text" label={labels.text} rows={5} isOptional={files.length > 0} />
        <Attach url={`/antrag/anhang/${token}`} where={{ request: asked.id }} arriving={arriving}>
          <FieldFrame id="dateien" label={labels.files} hint={labels.filesHint} error={null} isOptional>
            <input
              className="kern-form-input__input"
              type="file"
              id="dateien"
              name="files"
              multiple
              aria-describedby="dateien-hint"
            />
          </FieldFrame>
          <AttachedFiles name="files" files={files} />
        </Attach>
        <Buttons>
          <Button kind="primary">{labels.send}</Button>
        </Buttons>
      </Form>
      <AttachScript />
    </Page>
  );
}
