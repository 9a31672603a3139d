import { useLoaderData } from 'react-router';
import { State, type Tone } from '#ui/alert';
import { Button, Buttons } from '#ui/button';
import { Checkbox, FieldGroup } from '#ui/choice';
import { Select, TextArea, TextField } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { dayInWords, Moment } from '#ui/format';
import { type Fact, Facts, Page, Section } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { act, go, load, signedIn, text } from '#web/context';
import type { StatementView } from '../statement.ts';
import { StatementFiles } from './statement-files.tsx';
import { statementStates, statementTexts } from './statement-texts.ts';
import './intake.css';

export const loader = load(async (house, { params }) => {
  signedIn(house);
  const view = await house.rooms.intake.listStatements(house.ctx, Number(params.id));
  const { submission, reference, title, applicant } = view.item;
  const sections = view.sections.map(({ key, title: name }) => ({ key, name }));
  const usual = house.rooms.intake.usualAnswerDay(house.ctx);
  return { ...view, item: { submission, reference, title, applicant }, sections, usual };
});

/** What stands behind the names of the boxes that were checked. */
const many = (form: FormData, name: string) =>
  [...form.keys()].filter((key) => key.startsWith(`${name}-`)).map((key) => key.slice(name.length + 1));

export const action = act(async (house, { params, form }) => {
  signedIn(house);
  const { intake } = house.rooms;
  const labels = statementTexts[house.ctx.locale];
  const submission = Number(params.id);
  const what = text(form, '_form').split('-')[0];
  const step = { submission, statement: Number(text(form, 'statement')) || 0 };
  const said = (done: string) => go(house, `/eingang/${submission}/stellungnahmen`, { text: done });
  if (what === 'remind') return intake.remindOfStatement(house.ctx, step).then(() => said(labels.remindDone));
  if (what === 'withdraw') return intake.withdrawStatement(house.ctx, step).then(() => said(labels.withdrawDone));
  await intake.askForStatement(house.ctx, submission, {
    office: text(form, 'office'),
    question: text(form, 'question'),
    dueOn: text(form, 'dueOn'),
    sections: many(form, 'section'),
    attachments: many(form, 'attachment').map(Number),
  });
  return said(labels.askDone);
});

/** What other offices say to one application, and a question to the next one. */
export default function StatementsPage() {
  const { item, statements, mayAsk } = useLoaderData<typeof loader>();
  const labels = useWords(statementTexts);
  const { locale } = useView();
  const above = [
    { to: '/eingang', label: labels.tray },
    { to: `/eingang/${item.submission}`, label: item.reference },
  ];
  return (
    <Page title={labels.title} lead={`${item.title[locale]}: ${item.applicant}`} above={above}>
      {statements.length === 0 && <p>{labels.none}</p>}
      {statements.map((statement) => (
        <One key={statement.id} statement={statement} />
      ))}
      {mayAsk ? <Ask /> : <p className="muted">{labels.takeFirst}</p>}
    </Page>
  );
}

const tones: Readonly<Record<StatementView['state'], Tone>> = { asked: 'info', answered: 'success', withdrawn: 'neutral' };

function One({ statement }: { readonly statement: StatementView }) {
  const { item, mayAsk } = useLoaderData<typeof loader>();
  const labels = useWords(statementTexts);
  const states = useWords(statementStates);
  const { locale } = useView();
  const { id, officeName, state, isOverdue, question, dueOn, askedAt, askedBy, remindedAt, shown, files, answer } = statement;
  const seen = [...shown.map(({ title }) => title), ...files.map(({ name }) => name)];
  const facts: readonly (Fact | false)[] = [
    [
      labels.state,
      <State key="state" tone={isOverdue ? 'danger' : tones[state]}>
        {states[isOverdue ? 'overdue' : state]}
      </State>,
    ],
    [labels.due, dayInWords(locale, dueOn)],
    [labels.asked, `${dayInWords(locale, askedAt)}, ${askedBy}`],
    remindedAt !== null && [labels.reminded, <Moment key="reminded" at={remindedAt} />],
    [
      labels.question,
      <span key="question" className="written">
        {question}
      </span>,
    ],
    [labels.shown, seen.join(', ') || labels.nothing],
    answer !== '' && [
      labels.answer,
      <span key="answer" className="written">
        {answer}
      </span>,
    ],
    statement.answeredAt !== null && [labels.by, statement.answeredBy],
  ];
  return (
    <Section title={officeName}>
      <Facts facts={facts.filter((fact) => fact !== false)} />
      {statement.answerFiles.length > 0 && (
        <StatementFiles
          files={statement.answerFiles}
          addressOf={(file) => `/eingang/${item.submission}/stellungnahmen/anlage/${file.id}`}
        />
      )}
      {mayAsk && state === 'asked' && (
        <Buttons>
          {(['remind', 'withdraw'] as const).map((step) => (
            <Form key={step} name={`${step}-${id}`} isInline>
              <Hidden name="statement" value={id} />
              <Button about={officeName}>{labels[step]}</Button>
            </Form>
          ))}
        </Buttons>
      )}
    </Section>
  );
}

function Ask() {
  const { offices, sections, attachments, usual } = useLoaderData<typeof loader>();
  const labels = useWords(statementTexts);
  if (offices.length === 0)
    return (
      <Section title={labels.ask}>
        <p>{labels.noOffices}</p>
      </Section>
    );
  return (
    <Section title={labels.ask} lead={labels.askLead}>
      <Form name="ask" labels={{ ...labels, dueOn: labels.due }}>
        <Select
          name="office"
          label={labels.office}
          options={offices.map(({ source, office, name }) => ({ value: `${source}:${office}`, label: name }))}
        />
        <TextArea name="question" label={labels.question} rows={5} />
        <TextField name="dueOn" type="date" label={labels.due} hint={labels.dueHint} value={usual} width="medium" />
        <Choices name="section" legend={labels.sections} rows={sections.map(({ key, name }) => [key, name])} />
        <Choices name="attachment" legend={labels.attachments} rows={attachments.map(({ id, name }) => [String(id), name])} />
        <Buttons>
          <Button kind="primary">{labels.send}</Button>
        </Buttons>
      </Form>
    </Section>
  );
}

type ChoicesProps = {
  readonly name: string;
  readonly legend: string;
  readonly rows: readonly (readonly [value: string, label: string])[];
};

/** Nothing is chosen before somebody chooses it. */
function Choices({ name, legend, rows }: ChoicesProps) {
  if (rows.length === 0) return null;
  return (
    <FieldGroup name={name} legend={legend}>
      {rows.map(([value, label]) => (
        <Checkbox key={value} name={`${name}-${value}`} label={label} />
      ))}
    </FieldGroup>
  );
}
