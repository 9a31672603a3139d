import { LinkButton } from '#ui/button';
import { Page } from '#ui/page';
import { type Dictionary, useWords } from '#ui/view';
import type { Explained } from './context.ts';
import { useRoot, WorkplaceFrame } from './frames.tsx';

type Texts = {
  title: string;
  titles: Readonly<Record<number, string>>;
  unknown: string;
  hints: Readonly<Record<number, readonly string[]>>;
  own: string;
  number: string;
  home: string;
  files: string;
  trash: string;
  signIn: string;
  search: string;
};

const words: Dictionary<Texts> = {
  de: {
    title: 'Das hat nicht geklappt',
    titles: { 403: 'Das dürfen Sie nicht', 404: 'Nicht gefunden', 429: 'Zu viele Versuche', 503: 'Gerade nicht erreichbar' },
    unknown: 'Die Seite ließ sich nicht anzeigen. Ihre Daten sind unverändert. Bitte laden Sie die Seite neu.',
    hints: {
      403: ['Wenn Sie es für Ihre Arbeit brauchen: Fragen Sie die Leitung des Bereichs oder Ihre Verwaltung.'],
      404: [
        'Gelöschtes liegt für eine Weile im Papierkorb des Bereichs.',
        'Umbenanntes und Verschobenes finden Sie über seinen Ordner; der alte Link führt weiter dorthin, wenn es noch da ist.',
        'Haben Sie den Link von jemandem bekommen, fragen Sie dort, ob der Bereich für Sie freigegeben ist.',
      ],
    },
    own: 'Es ist unser Fehler und wurde notiert. Was gespeichert war, ist unverändert.',
    number: 'Nummer für die Hilfe',
    home: 'Zur Startseite',
    files: 'Zu den Dateien',
    trash: 'Zum Papierkorb',
    signIn: 'Zur Anmeldung',
    search: 'Leistungen suchen',
  },
  en: {
    title: 'That did not work',
    titles: { 403: 'You may not do this', 404: 'Not found', 429: 'Too many attempts', 503: 'Not available right now' },
    unknown: 'The page could not be shown. Your data is unchanged. Please reload the page.',
    hints: {
      403: ['If you need it for your work: ask whoever manages the space, or your administration.'],
      404: [
        'What was deleted stays in the trash of its space for a while.',
        'What was renamed or moved is found through its folder; the old link still leads there as long as it exists.',
        'If somebody gave you the link, ask them whether the space is shared with you.',
      ],
    },
    own: 'This is our mistake, and it was noted. What was stored is unchanged.',
    number: 'Number for support',
    home: 'Go to the start page',
    files: 'Go to the files',
    trash: 'Go to the trash',
    signIn: 'Go to the sign-in',
    search: 'Search services',
  },
};

function isExplained(value: unknown): value is Explained {
  return typeof value === 'object' && value !== null && 'sentence' in value;
}

/** What people see instead of a page that cannot be shown: what happened, what it means, ways on, the number to name. */
export function ErrorPage({ explained }: { readonly explained: unknown }) {
  const labels = useWords(words);
  const isSignedIn = Boolean(useRoot()?.me);
  const known = isExplained(explained) ? explained : null;
  const status = known?.status ?? 0;
  // These hints are about files and spaces: they help nobody who is not signed in.
  const hints = isSignedIn ? (labels.hints[status] ?? []) : [];
  return (
    <WorkplaceFrame>
      <Page title={labels.titles[status] ?? labels.title}>
        <p>{known?.sentence ?? labels.unknown}</p>
        {status === 500 && <p>{labels.own}</p>}
        {hints.length > 0 && (
          <ul className="hints">
            {hints.map((hint) => (
              <li key={hint}>{hint}</li>
            ))}
          </ul>
        )}
        <WaysOn status={status} isSignedIn={isSignedIn} />
        {known && status >= 500 && (
          <p className="muted">
            {labels.number}: <code>{known.request}</code>
          </p>
        )}
      </Page>
    </WorkplaceFrame>
  );
}

function WaysOn({ status, isSignedIn }: { readonly status: number; readonly isSignedIn: boolean }) {
  const labels = useWords(words);
  const ways: readonly (readonly [to: string, label: string])[] = isSignedIn
    ? [['/', labels.home], ['/dateien', labels.files], ...(status === 404 ? ([['/papierkorb', labels.trash]] as const) : [])]
    : [
        ['/anmelden', labels.signIn],
        ['/suche', labels.search],
      ];
  return (
    <div className="buttons">
      {ways.map(([to, label]) => (
        <LinkButton key={to} to={to}>
          {label}
        </LinkButton>
      ))}
    </div>
  );
}
