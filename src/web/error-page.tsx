import { LinkButton } from '#ui/button';
import { Page } from '#ui/page';
import { type Dictionary, useWords } from '#ui/view';
import type { Explained } from './context.ts';
import { useRoot, WorkplaceFrame } from './frames.tsx';

type Texts = {
  missing: string;
  forbidden: string;
  broken: string;
  unknown: string;
  number: string;
  home: string;
  signIn: string;
};

const words: Dictionary<Texts> = {
  de: {
    missing: 'Nicht gefunden',
    forbidden: 'Das dürfen Sie nicht',
    broken: 'Das hat nicht geklappt',
    unknown: 'Die Seite ließ sich nicht anzeigen. Ihre Daten sind unverändert. Bitte laden Sie die Seite neu.',
    number: 'Nummer für die Hilfe',
    home: 'Zur Startseite',
    signIn: 'Zur Anmeldung',
  },
  en: {
    missing: 'Not found',
    forbidden: 'You may not do this',
    broken: 'That did not work',
    unknown: 'The page could not be shown. Your data is unchanged. Please reload the page.',
    number: 'Number for support',
    home: 'Go to the start page',
    signIn: 'Go to the sign-in',
  },
};

function isExplained(value: unknown): value is Explained {
  return typeof value === 'object' && value !== null && 'sentence' in value;
}

/** What people see instead of a page that cannot be shown: what happened, the number to name, a way on. */
export function ErrorPage({ explained }: { readonly explained: unknown }) {
  const labels = useWords(words);
  const root = useRoot();
  const known = isExplained(explained) ? explained : null;
  const title = { 404: labels.missing, 403: labels.forbidden }[known?.status ?? 0] ?? labels.broken;
  return (
    <WorkplaceFrame>
      <Page title={title}>
        <p>{known?.sentence ?? labels.unknown}</p>
        {known && known.status >= 500 && (
          <p className="muted">
            {labels.number}: <code>{known.request}</code>
          </p>
        )}
        <LinkButton to={root?.me ? '/' : '/anmelden'}>{root?.me ? labels.home : labels.signIn}</LinkButton>
      </Page>
    </WorkplaceFrame>
  );
}
