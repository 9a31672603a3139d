import { Alert } from '#ui/alert';
import { TextLink } from '#ui/button';
import { useView, useWords } from '#ui/view';
import type { PageHouse, TenantView } from '#web/context';
import type { Office } from '../store/draft.ts';
import { formTexts, put } from './form-texts.ts';
import { inputId } from './questions.tsx';

/** Whoever answers sees the authority that gets it, whatever host they came by. */
export async function shownBy({ rooms, ctx }: PageHouse, token: string): Promise<{ readonly shownTenant?: TenantView }> {
  const tenant = rooms.accounts.tenantOfToken(token);
  const profile = tenant === null ? null : await rooms.tenants.profile(ctx.platform, tenant);
  return profile ? { shownTenant: profile.branding } : {};
}

/** A day in words. */
export function useDay(): (at: Date | string) => string {
  const { locale } = useView();
  const format = new Intl.DateTimeFormat(locale === 'de' ? 'de-DE' : 'en-GB', { dateStyle: 'long', timeZone: 'Europe/Berlin' });
  return (at) => format.format(typeof at === 'string' && at.length === 10 ? new Date(`${at}T12:00:00Z`) : new Date(at));
}

export const officeName = ({ name, unit }: Pick<Office, 'name' | 'unit'>) => [name, unit].filter(Boolean).join(', ');

/** Money as people write it. */
export const useEuros = () => {
  const { locale } = useView();
  return (cents: number) =>
    `${(cents / 100).toLocaleString(locale === 'de' ? 'de-DE' : 'en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 })} €`;
};

type AboutProps = { readonly office: Office; readonly keptUntil: Date; readonly base: string };

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
        {put(labels.kept, { day: day(keptUntil) })} <TextLink to={`${base}/speichern`}>{labels.later}</TextLink>
      </p>
    </div>
  );
}

/** What is wrong, above the questions, each with a link to its place. */
export function Mistakes({ said }: { readonly said: readonly { readonly name: string; readonly text: string }[] }) {
  const labels = useWords(formTexts);
  if (said.length === 0) return null;
  return (
    <Alert tone="danger" title={labels.wrong}>
      <ul className="bullets">
        {said.map(({ name, text }) => (
          <li key={`${name} ${text}`}>
            <a href={`#${inputId(name)}`}>{text}</a>
          </li>
        ))}
      </ul>
    </Alert>
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
