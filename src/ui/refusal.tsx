import type { MouseEvent, ReactNode } from 'react';
import { Alert } from './alert.tsx';

/** What is wrong with one field. */
type Fault = { readonly field: string; readonly sentence: string };

/** What came back from a refused form: the sentence for people, what is wrong field by field, and what they had typed. */
export type Refusal = {
  readonly refused: { readonly sentence: string; readonly fields: readonly Fault[] };
  readonly form: string;
  readonly typed: Readonly<Record<string, string>>;
};

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refused' in value;
}

/** The same refusal, its sentences naming the fields as they are labelled. */
export function withLabels(refusal: Refusal, labels: Readonly<Record<string, unknown>>): Refusal {
  const worded = (sentence: string, field: string) => {
    const label = labels[field];
    if (typeof label !== 'string') return sentence;
    return sentence.replace(`„${field}“`, () => `„${label}“`).replace(`“${field}”`, () => `“${label}”`);
  };
  const { refused } = refusal;
  const fields = refused.fields.map(({ field, sentence }) => ({ field, sentence: worded(sentence, field) }));
  const [only] = fields.length === 1 ? fields : [];
  return { ...refusal, refused: { ...refused, fields, sentence: worded(refused.sentence, only?.field ?? '') } };
}

/** Where a field of a form stands in the document, so that a summary above the form can lead there. */
export const fieldId = (form: string, field: string): string => `${form}-${field}`;

type SummaryProps = {
  readonly refusal: Refusal;
  /** Id of the form, see {@link fieldId}. */
  readonly form: string;
  /** What came back from the server: the focus moves here with every refusal, not only with the first. */
  readonly answer: unknown;
};

/** Above a refused form: everything that is wrong, each with the way to its field. */
export function RefusalSummary({ refusal, form, answer }: SummaryProps) {
  const { sentence, fields } = refusal.refused;
  const [only] = fields;
  if (only === undefined) return <SummaryBox answer={answer}>{sentence}</SummaryBox>;
  if (fields.length === 1) {
    return (
      <SummaryBox answer={answer}>
        <FieldLink id={fieldId(form, only.field)}>{sentence}</FieldLink>
      </SummaryBox>
    );
  }
  return (
    <Alert tone="danger" title={sentence} takesFocus={answer}>
      <ul className="faults">
        {fields.map((fault) => (
          <li key={`${fault.field} ${fault.sentence}`}>
            <FieldLink id={fieldId(form, fault.field)}>{fault.sentence}</FieldLink>
          </li>
        ))}
      </ul>
    </Alert>
  );
}

function SummaryBox({ answer, children }: { readonly answer: unknown; readonly children: ReactNode }) {
  return (
    <Alert tone="danger" takesFocus={answer}>
      <p>{children}</p>
    </Alert>
  );
}

/** Without script the browser goes there by itself; with script the page must not become another one on the way. */
function FieldLink({ id, children }: { readonly id: string; readonly children: string }) {
  const go = (event: MouseEvent) => {
    const field = document.getElementById(id);
    if (!field) return;
    event.preventDefault();
    field.focus();
  };
  return (
    <a href={`#${id}`} onClick={go}>
      {children}
    </a>
  );
}
