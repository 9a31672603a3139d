import { redirect, useLoaderData } from 'react-router';
import { Button, Buttons, TextLink } from '#ui/button';
import { TextArea } from '#ui/field';
import { FieldFrame, Form } from '#ui/form';
import { Page, Section } from '#ui/page';
import { useWords } from '#ui/view';
import { act, load } from '#web/context';
import { answerTexts } from './applicant-texts.ts';
import { put, statusTexts } from './form-texts.ts';
import { FileNames, shownBy, useDay } from './parts.tsx';
import './forms.css';

export const loader = load(async (house, { params }) => {
  const { token = '' } = params;
  const { requests, files, state } = await house.rooms.forms.lookAtStatus(house.ctx, token);
  const asked = requests.find(({ id }) => id === Number(params.request));
  if (!asked || asked.answeredAt !== null || state !== 'evidenceRequested') throw redirect(`/antrag/status/${token}`);
  const mine = files.filter(({ field }) => field === `evidence:${asked.id}`);
  return { asked, files: mine, status: `/antrag/status/${token}`, ...(await shownBy(house, token)) };
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
      await house.rooms.forms.addEvidence(house.ctx, token, file).catch((error: unknown) => {
        refused ??= error;
      });
    }
  }
  if (refused) throw refused;
  const said = form.get('text');
  await house.rooms.forms.answerEvidence(house.ctx, token, { request, text: typeof said === 'string' ? said : '' });
  return redirect(`/antrag/status/${token}?geantwortet`);
});

/** What the office has asked, and the answer in words and files. */
export default function AnswerPage() {
  const { asked, files, status } = useLoaderData<typeof loader>();
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
      {files.length > 0 && (
        <Section title={labels.there}>
          <FileNames files={files} />
        </Section>
      )}
      <Form isUpload labels={{ text: labels.text }}>
        <TextArea name="text" label={labels.text} rows={5} isOptional={files.length > 0} />
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
        <Buttons>
          <Button kind="primary">{labels.send}</Button>
        </Buttons>
      </Form>
    </Page>
  );
}
