import type { ReactNode } from 'react';
import { Button } from '#ui/button';
import { ChoiceLabel } from '#ui/choice';
import { FieldFrame } from '#ui/form';
import { Bytes } from '#ui/format';
import { classes, useView, useWords } from '#ui/view';
import type { Question } from '../draft.ts';
import type { Arriving } from '../upload.ts';
import { fileTexts } from './applicant-texts.ts';
import { Attach } from './attach.tsx';
import { formTexts } from './form-texts.ts';

/** What was said about the answers of a page, by the name of the input. */
export type Said = Readonly<Record<string, string>>;
/** What was typed in this window and not taken over, by name; null: what is stored counts. */
export type Typed = Readonly<Record<string, readonly string[]>> | null;

/** Where files go in pieces, for which page, and what is still on its way, by the name of its question. */
export type Sending = {
  readonly url: string;
  readonly page: string;
  readonly arriving: Readonly<Record<string, readonly Arriving[]>>;
};

type QuestionProps = {
  readonly question: Question;
  readonly said: Said;
  readonly typed: Typed;
  readonly sending?: Sending | null;
};

/** The id under which the summary of mistakes leads to an input. */
export const inputId = (name: string) => `frage-${name.replaceAll('.', '-')}`;

function useAnswer({ question, said, typed }: QuestionProps, name: string) {
  const { locale } = useView();
  const stored = question.raw[name];
  const values = typed ? (typed[name] ?? []) : stored === undefined ? [] : [stored].flat();
  const error = said[name] ?? null;
  return { locale, values, value: values[0] ?? '', error, id: inputId(name), hint: question.field.hint?.[locale] };
}

const aria = (id: string, hint: ReactNode, error: string | null) => ({
  'aria-describedby': [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined,
  'aria-invalid': error ? (true as const) : undefined,
});

type InputKind = {
  readonly type?: 'email' | 'tel';
  readonly mode?: 'numeric' | 'decimal' | 'email' | 'tel';
  readonly width?: 'short' | 'medium';
};

/** The right keyboard on a phone; what is typed is judged by us, with a sentence, and not by the browser. */
const inputs: Readonly<Record<string, InputKind>> = {
  number: { mode: 'decimal', width: 'short' },
  money: { mode: 'decimal', width: 'short' },
  date: { mode: 'numeric', width: 'short' },
  email: { type: 'email', mode: 'email', width: 'medium' },
  phone: { type: 'tel', mode: 'tel', width: 'medium' },
  iban: { width: 'medium' },
};

function Line(props: QuestionProps) {
  const { field } = props.question;
  const { locale, value, error, id, hint } = useAnswer(props, field.key);
  const { type = 'text', mode, width } = inputs[field.kind] ?? {};
  const isDigits = field.format === 'digits' || field.format === 'chip' || field.format === 'postcode';
  return (
    <FieldFrame {...{ id, label: field.label[locale], hint, error }} isOptional={field.isOptional}>
      <input
        className={classes('kern-form-input__input', error && 'kern-form-input__input--error', width && `width-${width}`)}
        {...{ id, type }}
        name={field.key}
        inputMode={isDigits ? 'numeric' : mode}
        autoComplete={field.autocomplete ?? 'off'}
        maxLength={field.maxLength}
        defaultValue={value}
        {...aria(id, hint, error)}
      />
    </FieldFrame>
  );
}

function Paragraph(props: QuestionProps) {
  const { field } = props.question;
  const { locale, value, error, id, hint } = useAnswer(props, field.key);
  return (
    <FieldFrame {...{ id, label: field.label[locale], hint, error }} isOptional={field.isOptional}>
      <textarea
        className="kern-form-input__input"
        id={id}
        name={field.key}
        rows={6}
        defaultValue={value}
        {...aria(id, hint, error)}
      />
    </FieldFrame>
  );
}

type Choice = { readonly value: string; readonly label: string; readonly hint?: string | undefined };

type ChoicesProps = {
  readonly name: string;
  readonly kind: 'radio' | 'checkbox';
  readonly choices: readonly Choice[];
  readonly picked: readonly string[];
};

/** The first one carries the id the summary of mistakes leads to. */
function Choices({ name, kind, choices, picked }: ChoicesProps) {
  const id = inputId(name);
  return choices.map(({ value, label, hint }, index) => {
    const own = index === 0 ? id : `${id}-${index}`;
    return (
      <div className="kern-form-check" key={value}>
        <input
          className={kind === 'radio' ? 'kern-form-check__radio' : 'kern-form-check__checkbox'}
          {...{ type: kind, id: own, name, value }}
          defaultChecked={picked.includes(value)}
          aria-describedby={hint ? `${own}-hint` : undefined}
        />
        <ChoiceLabel id={own} label={label} hint={hint} />
      </div>
    );
  });
}

type GroupProps = {
  readonly id: string;
  readonly legend: ReactNode;
  readonly hint: string | undefined;
  readonly error: string | null;
  readonly children: ReactNode;
};

/** Several inputs that answer one question together. */
function Group({ id, legend, hint, error, children }: GroupProps) {
  return (
    <fieldset
      className={classes('kern-fieldset', error && 'kern-fieldset--error')}
      aria-describedby={aria(id, hint, error)['aria-describedby']}
    >
      <legend className="kern-label">{legend}</legend>
      {hint && (
        <div className="kern-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      <div className="kern-fieldset__body">{children}</div>
      {error && (
        <p className="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </fieldset>
  );
}

/** More than so many are a list that opens. */
const mostRadios = 8;

function Pick(props: QuestionProps) {
  const { field } = props.question;
  const labels = useWords(formTexts);
  const { locale, values, value, error, id, hint } = useAnswer(props, field.key);
  const choices =
    field.kind === 'yesNo'
      ? [
          { value: 'yes', label: labels.yes },
          { value: 'no', label: labels.no },
        ]
      : (field.options ?? []).map((option) => ({
          value: option.value,
          label: option.label[locale],
          hint: option.hint?.[locale],
        }));
  const legend = <Legend text={field.label[locale]} isOptional={field.isOptional ?? false} />;
  if (field.kind !== 'choice' || choices.length <= mostRadios) {
    return (
      <Group {...{ id, legend, hint, error }}>
        <Choices name={field.key} kind={field.kind === 'several' ? 'checkbox' : 'radio'} choices={choices} picked={values} />
      </Group>
    );
  }
  return (
    <FieldFrame {...{ id, label: field.label[locale], hint, error }} isOptional={field.isOptional}>
      <div className="kern-form-input__select-wrapper">
        <select className="kern-form-input__select" id={id} name={field.key} defaultValue={value} {...aria(id, hint, error)}>
          <option value="">{labels.choose}</option>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      </div>
    </FieldFrame>
  );
}

function Legend({ text, isOptional }: { readonly text: string; readonly isOptional: boolean }) {
  const { optional } = useWords(formTexts);
  return (
    <>
      {text}
      {isOptional && <span className="kern-label__optional"> ({optional})</span>}
    </>
  );
}

const addressInputs = [
  ['street', 'address-line1', 'medium'],
  ['number', 'off', 'short'],
  ['postcode', 'postal-code', 'short'],
  ['town', 'address-level2', 'medium'],
] as const;

function Address(props: QuestionProps) {
  const { field } = props.question;
  const { locale } = useView();
  const legend = <Legend text={field.label[locale]} isOptional={field.isOptional ?? false} />;
  return (
    <Group id={inputId(field.key)} legend={legend} hint={field.hint?.[locale]} error={null}>
      <div className="form">
        {addressInputs.map(([part, autoComplete, width]) => (
          <AddressPart key={part} {...{ ...props, part, autoComplete, width }} />
        ))}
      </div>
    </Group>
  );
}

type PartProps = QuestionProps & {
  readonly part: (typeof addressInputs)[number][0];
  readonly autoComplete: string;
  readonly width: 'short' | 'medium';
};

function AddressPart({ part, autoComplete, width, ...props }: PartProps) {
  const labels = useWords(formTexts);
  const name = `${props.question.field.key}.${part}`;
  const { value, error, id } = useAnswer(props, name);
  return (
    <FieldFrame {...{ id, label: labels[part], error }}>
      <input
        className={classes('kern-form-input__input', error && 'kern-form-input__input--error', `width-${width}`)}
        {...{ id, name, autoComplete }}
        type="text"
        inputMode={part === 'postcode' ? 'numeric' : undefined}
        defaultValue={value}
        {...aria(id, null, error)}
      />
    </FieldFrame>
  );
}

const accepted = {
  pdf: '.pdf',
  picture: '.jpg,.jpeg,.png,.webp,.tif,.tiff,.heic',
  office: '.odt,.ods,.docx,.xlsx',
  plan: '.dwg,.ifc',
} as const;

function Files(props: QuestionProps) {
  const { question, sending } = props;
  const { field } = question;
  const content = (
    <>
      <FileInput {...props} />
      <AttachedFiles name={field.key} files={question.files} />
    </>
  );
  if (!sending) return <div className="files">{content}</div>;
  const { url, page, arriving } = sending;
  return (
    <Attach url={url} where={{ page, field: field.key }} arriving={arriving[field.key] ?? []}>
      {content}
    </Attach>
  );
}

function FileInput(props: QuestionProps) {
  const { field } = props.question;
  const labels = useWords(formTexts);
  const { locale, error, id, hint } = useAnswer(props, field.key);
  return (
    <>
      <FieldFrame {...{ id, label: field.label[locale], hint, error }} isOptional={field.isOptional}>
        <input
          className="kern-form-input__input"
          type="file"
          id={id}
          name={field.key}
          multiple={(field.mostFiles ?? 5) > 1}
          accept={(field.types ?? ['pdf', 'picture']).map((type) => accepted[type]).join()}
          {...aria(id, hint, error)}
        />
      </FieldFrame>
      <div data-plain="">
        <Button name="_go" value="stay">
          {labels.upload}
        </Button>
      </div>
    </>
  );
}

/** What is there already; the list is brought up to date by itself where the browser runs scripts. */
export function AttachedFiles({ name, files }: { readonly name: string; readonly files: Question['files'] }) {
  const labels = useWords(formTexts);
  const sayings = useWords(fileTexts);
  return (
    <div className="attached" data-attached={name}>
      {files.length > 0 && (
        <ul className="file-list">
          {files.map((file) => (
            <li key={file.id} data-waiting={isLookedAt(file) ? undefined : ''}>
              <span>
                {file.name} (<Bytes value={file.size} />) – {file.isLeaving ? labels.leaves : sayings[file.says]}
              </span>
              <Button
                isSmall
                kind="tertiary"
                name={file.isLeaving ? '_keep' : '_remove'}
                value={String(file.id)}
                about={file.name}
              >
                {file.isLeaving ? labels.keepIt : labels.remove}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const isLookedAt = ({ says }: Question['files'][number]) => says !== 'waiting' && says !== 'slow';

/** One question, whatever its kind. */
export function QuestionField(props: QuestionProps) {
  const { kind } = props.question.field;
  if (kind === 'longText') return <Paragraph {...props} />;
  if (kind === 'yesNo' || kind === 'choice' || kind === 'several') return <Pick {...props} />;
  if (kind === 'address') return <Address {...props} />;
  return kind === 'file' ? <Files {...props} /> : <Line {...props} />;
}
