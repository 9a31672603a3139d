import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Kopfzeile, LegalLinks, type Site, SiteName, SkipLink, type Theme, ViewSwitch } from './frame.tsx';
import { type Dictionary, useWords } from './view.tsx';

type PortalProps = {
  readonly site: Site;
  readonly theme: Theme;
  /** A citizen is signed in. */
  readonly isCitizen?: boolean;
  readonly children: ReactNode;
};

const words: Dictionary<{ responsible: string; help: string; staff: string; mailbox: string; applications: string }> = {
  de: {
    responsible: 'Verantwortlich',
    help: 'Bei Fragen wenden Sie sich bitte an Ihre Verwaltung vor Ort.',
    staff: 'Für Beschäftigte',
    mailbox: 'Postfach',
    applications: 'Meine Anträge',
  },
  en: {
    responsible: 'Responsible',
    help: 'If you have questions, please contact your local administration.',
    staff: 'For staff',
    mailbox: 'Mailbox',
    applications: 'My applications',
  },
};

/** The frame of pages for people from outside and of the sign-in: one column, big targets, no script, who is responsible. */
export function Portal({ site, theme, isCitizen, children }: PortalProps) {
  const labels = useWords(words);
  return (
    <div className="portal">
      <SkipLink />
      <header>
        <Kopfzeile site={site} />
        <div className="portal-bar">
          <SiteName site={site} to="/" />
          <span className="portal-ways">
            {isCitizen && <Link to="/postfach/antraege">{labels.applications}</Link>}
            <Link to="/postfach">{labels.mailbox}</Link>
            {!isCitizen && <Link to="/anmelden">{labels.staff}</Link>}
          </span>
        </div>
      </header>
      <main id="inhalt" tabIndex={-1}>
        {children}
      </main>
      <footer className="portal-foot">
        <p>
          {labels.responsible}: {site.name}. {labels.help}
        </p>
        <LegalLinks />
        <ViewSwitch theme={theme} />
      </footer>
    </div>
  );
}
