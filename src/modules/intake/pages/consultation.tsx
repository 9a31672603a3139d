import { useLoaderData } from 'react-router';
import { State } from '#ui/alert';
import { Button } from '#ui/button';
import { FileField, TextArea } from '#ui/field';
import { Form } from '#ui/form';
import { dayInWords, Moment } from '#ui/format';
import { type Fact, Facts, Page, Section } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { act, go, load, readUpload, signedIn } from '#web/context';
import { consultationTones } from './consultations.tsx';
import { StatementFiles } from './statement-files.tsx';
import { statementStates, statementTexts } from './statement-texts.ts';
import './intake.css';

export const loader = load(async (house, { params }) => {
  signedIn(house);
  return house.rooms.intake.getConsultation(house.ctx, Number(params.id));
});

export const action = act(async (house, { params, form }) => {
  signedIn(house);
  const { fields, files } = await readUpload(house, form);
  const id = Number(params.id);
  await house.rooms.intake.answerConsultation(house.ctx, id, { text: fields.text ?? '', files });
  return go(house, `/stellungnahmen/${id}`, { text: statementTexts[house.ctx.locale].given });
});

/** One question of another office, what it shows along, and the answer. */
export default function ConsultationPage() {
  const { id, title, shown, files, state } = useLoaderData<typeof loader>();
  const labels = useWords(statementTexts);
  const { locale } = useView();
  const facts = useConsultationFacts();
  const above = [
    { to: '/eingang', label: labels.tray },
    { to: '/stellungnahmen', label: labels.title },
  ];
  return (
    <Page title={title[locale]} above={above}>
      <Facts facts={facts} />
      {shown.length > 0 && (
        <Section title={labels.info}>
          {shown.map(({ title: name, rows }) => (
            <div key={name} className="flow">
              <h3>{name}</h3>
              <Facts facts={rows.map(({ label, value }): Fact => [label, value])} />
            </div>
          ))}
        </Section>
      )}
      {files.length > 0 && (
        <Section title={labels.files}>
          <StatementFiles files={files} addressOf={(file) => `/stellungnahmen/${id}/anlage/${file.id}`} />
        </Section>
      )}
      {state === 'withdrawn' && <p>{labels.gone}</p>}
      {state === 'open' && (
        <Section title={labels.give} lead={labels.giveLead}>
          <Form isUpload labels={{ text: labels.text, file: labels.file }}>
            <TextArea name="text" label={labels.text} rows={10} />
            <FileField name="file" label={labels.file} hint={labels.fileHint} takesMany isOptional />
            <Button kind="primary">{labels.give}</Button>
          </Form>
        </Section>
      )}
      {state === 'answered' && <Given />}
    </Page>
  );
}

function useConsultationFacts(): Fact[] {
  const { fromName, fromPerson, reference, question, dueOn, state, isOverdue, receivedAt } = useLoaderData<typeof loader>();
  const labels = useWords(statementTexts);
  const states = useWords(statementStates);
  const { locale } = useView();
  return [
    [
      labels.state,
      <State key="state" tone={isOverdue ? 'danger' : consultationTones[state]}>
        {states[isOverdue ? 'overdue' : state]}
      </State>,
    ],
    [labels.from, [fromName, fromPerson].filter(Boolean).join(', ')],
    [labels.reference, reference],
    [labels.received, <Moment key="received" at={receivedAt} />],
    [labels.due, dayInWords(locale, dueOn)],
    [
      labels.question,
      <span key="question" className="written">
        {question}
      </span>,
    ],
  ];
}

function Given() {
  const { id, answer, answeredAt, answeredBy, written } = useLoaderData<typeof loader>();
  const labels = useWords(statementTexts);
  return (
    <Section title={labels.yours}>
      <p className="written">{answer}</p>
      <StatementFiles files={written} addressOf={(file) => `/stellungnahmen/${id}/anlage/${file.id}`} />
      <p className="muted">
        {answeredAt && <Moment at={answeredAt} />}, {answeredBy}
      </p>
    </Section>
  );
}
