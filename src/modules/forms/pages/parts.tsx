import type { ReactNode } from 'react';
import { useActionData } from 'react-router';
import { Alert, type Tone } from '#ui/alert';
import { TextLink } from '#ui/button';
import { Bytes, dayInWords } from '#ui/format';
import { Section } from '#ui/page';
import { isRefusal } from '#ui/refusal';
import { useView, useWords } from '#ui/view';
import { type PageHouse, shownTenant } from '#web/context';
import type { OwnApplication } from '../account.ts';
import type { ShownFile } from '../shown-file.ts';
import type { Office } from '../store/draft.ts';
import { fileTexts } from './applicant-texts.ts';
import { formTexts, put } from './form-texts.ts';
import { inputId } from './questions.tsx';

/** Whoever answers sees the authority that gets it, whatever host they came by. */
export const shownBy = (house: PageHouse, token: string) => shownTenant(house, house.rooms.forms.tenantOfKey(token));

/** A state's colour; its word says the same. */
export const stateTones: Readonly<Record<OwnApplication['state'], Tone>> = {
  unpaid: 'warning',
  received: 'info',
  inProgress: 'info',
  evidenceRequested: 'warning',
  decided: 'success',
  closed: 'neutral',
  withdrawn: 'neutral',
  draft: 'neutral',
  correcting: 'warning',
};

/** Files with what is known of each. */
export function FileNames({ files }: { readonly files: readonly ShownFile[] }) {
  const sayings = useWords(fileTexts);
  return (
    <ul className="file-list">
      {files.map(({ id, name, size, says }) => (
        <li key={id}>
          <span>
            {name} (<Bytes value={size} />)
          </span>
          <span>{sayings[says]}</span>
        </li>
      ))}
    </ul>
  );
}

/** A day in words. */
export function useDay(): (at: Date | string) => string {
  const { locale } = useView();
  return (at) => dayInWords(locale, at);
}

export const officeName = ({ name, unit }: Pick<Office, 'name' | 'unit'>) => [name, unit].filter(Boolean).join(', ');

/** Money as people write it. */
export const useEuros = () => {
  const { locale } = useView();
  return (cents: number) =>
    `${(cents / 100).toLocaleString(locale === 'de' ? 'de-DE' : 'en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 })} €`;
};

/** Whom a clerk fills it in for at the counter, above everything: nobody is to be taken for the one before them. */
export function Served({ name }: { readonly name: string | null }) {
  const labels = useWords(formTexts);
  if (name === null) return null;
  return (
    <p>
      <strong>{put(labels.served, { name })}</strong>
    </p>
  );
}

type AboutProps = {
  readonly office: Office;
  readonly keptUntil: Date;
  /** Address of the draft, for the way to its link; null on the page that shows it. */
  readonly base: string | null;
};

/** Below every question: who gets it, how to reach a person, that nothing is lost. */
export function About({ office, keptUntil, base }: AboutProps) {
  const labels = useWords(formTexts);
  const day = useDay();
  return (
    <div className="about muted">
      <p>
        {labels.recipient}: {officeName(office)}
        {office.phone && `, ${labels.phone} ${office.phone}`}
      </p>
      <p>
        {put(labels.kept, { day: day(keptUntil) })}{' '}
        {base !== null && <TextLink to={`${base}/speichern`}>{labels.later}</TextLink>}
      </p>
    </div>
  );
}

type MistakesProps = {
  readonly said: readonly { readonly name: string; readonly text: string }[];
  readonly questions: readonly {
    readonly field: { readonly key: string; readonly label: Readonly<Record<'de' | 'en', string>> };
  }[];
};

/** What is wrong, above the questions, each with its question and a link to its place. */
export function Mistakes({ said, questions }: MistakesProps) {
  const labels = useWords(formTexts);
  const { locale } = useView();
  if (said.length === 0) return null;
  const asked = new Map(questions.map(({ field }) => [field.key, field.label[locale]]));
  // Two dates of a page would have the same sentence otherwise.
  const named = (name: string, text: string) => {
    const label = asked.get(name);
    return label === undefined || text.includes(label) ? text : `${label}: ${text}`;
  };
  return (
    <Alert tone="danger" title={labels.wrong}>
      <ul className="bullets">
        {said.map(({ name, text }) => (
          <li key={`${name} ${text}`}>
            <a href={`#${inputId(name)}`}>{named(name, text)}</a>
          </li>
        ))}
      </ul>
    </Alert>
  );
}

type TextListProps = { readonly title: string; readonly texts: readonly { readonly de: string; readonly en: string }[] };

/** A list of texts under its heading: what one should have at hand; nothing at all when it is empty. */
export function TextList({ title, texts }: TextListProps) {
  const { locale } = useView();
  if (texts.length === 0) return null;
  return (
    <Section title={title}>
      <ul className="bullets">
        {texts.map((text) => (
          <li key={text.de}>{text[locale]}</li>
        ))}
      </ul>
    </Section>
  );
}

type FoldProps = { readonly name: string; readonly title: string; readonly children: ReactNode };

/** A form most people do not come for, folded; open again when it was refused, so that they see why. */
export function Fold({ name, title, children }: FoldProps) {
  const answer = useActionData();
  return (
    <details open={isRefusal(answer) && answer.form === name}>
      <summary>{title}</summary>
      {children}
    </details>
  );
}

/** People do not see it and cannot get into it; programs that fill in everything do. */
export function Trap() {
  const { trap } = useWords(formTexts);
  return (
    <div className="trap" aria-hidden="true">
      <label htmlFor="website">{trap}</label>
      <input id="website" name="website" type="text" tabIndex={-1} autoComplete="off" />
    </div>
  );
}
