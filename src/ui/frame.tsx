import { useEffect, useRef } from 'react';
import { Link, useFetchers, useLocation, useNavigation, useRevalidator } from 'react-router';
import { Form, Hidden } from './form.tsx';
import { Icon, type IconName } from './icon.tsx';
import { classes, type Dictionary, useView, useWords } from './view.tsx';

/** Whose pages these are. */
export type Site = {
  readonly name: string;
  /** A picture of the crest, as a `data:` or local address. */
  readonly crest: string | null;
  /** Who runs the cloud. */
  readonly provider: string;
  readonly isDemo: boolean;
};

export type Theme = 'light' | 'dark' | 'system';

type FrameWords = {
  skip: string;
  run: (provider: string) => string;
  demo: string;
  demoLong: string;
  view: string;
  theme: string;
  light: string;
  dark: string;
  system: string;
  language: string;
};

const words: Dictionary<FrameWords> = {
  de: {
    skip: 'Zum Inhalt springen',
    run: (provider) => `Verwaltungscloud – Betrieb: ${provider}`,
    demo: 'Vorführung',
    demoLong: 'Vorführung: bitte keine echten Daten eingeben',
    view: 'Ansicht',
    theme: 'Darstellung',
    light: 'Hell',
    dark: 'Dunkel',
    system: 'Wie im System',
    language: 'Sprache',
  },
  en: {
    skip: 'Skip to content',
    run: (provider) => `Administrative cloud – operator: ${provider}`,
    demo: 'Demo',
    demoLong: 'Demo: please do not enter real data',
    view: 'View',
    theme: 'Appearance',
    light: 'Light',
    dark: 'Dark',
    system: 'As the system',
    language: 'Language',
  },
};

/** The first thing the Tab key reaches on every page. */
export function SkipLink() {
  return (
    <a className="skip" href="#inhalt">
      {useWords(words).skip}
    </a>
  );
}

/** KERN's line on top of every page: whose cloud this is, and whether it is only a demonstration. */
export function Kopfzeile({ site }: { readonly site: Site }) {
  const labels = useWords(words);
  return (
    <div className="kern-kopfzeile">
      <div className="kern-kopfzeile__content">
        <span className="kern-kopfzeile__flagge" aria-hidden="true">
          <svg viewBox="0 0 5 3" width="24" height="16" aria-hidden="true">
            <path fill="#000" d="M0 0h5v1H0z" />
            <path fill="#d00" d="M0 1h5v1H0z" />
            <path fill="#ffce00" d="M0 2h5v1H0z" />
          </svg>
        </span>
        <span className="kern-kopfzeile__label">{labels.run(site.provider)}</span>
        {site.isDemo && (
          <strong className="demo" title={labels.demoLong}>
            <span className="demo-long">{labels.demoLong}</span>
            <span className="demo-short">{labels.demo}</span>
          </strong>
        )}
      </div>
    </div>
  );
}

/** Crest and name of the authority, the way to the start page. */
export function SiteName({ site, to = '/' }: { readonly site: Site; readonly to?: string }) {
  return (
    <Link className="site-name" to={to}>
      {site.crest ? <img src={site.crest} alt="" width="32" height="36" /> : <Icon name="building" />}
      {/* Authorities here have German names: they are read out and broken as such on English pages, too. */}
      <span lang="de">{site.name}</span>
    </Link>
  );
}

const languages = [
  ['de', 'Deutsch'],
  ['en', 'English'],
] as const;

type SwitchProps = { readonly theme: Theme };

/** Language and theme. Buttons of small forms, so they work without script. */
export function ViewSwitch({ theme }: SwitchProps) {
  const { locale } = useView();
  const labels = useWords(words);
  const { pathname, search } = useLocation();
  const themes: readonly [Theme, string, IconName][] = [
    ['light', labels.light, 'sun'],
    ['dark', labels.dark, 'moon'],
    ['system', labels.system, 'computer'],
  ];
  return (
    <Form name="view" action="/ansicht" reloads isInline label={labels.view}>
      <Hidden name="weiter" value={`${pathname}${search}`} />
      <fieldset className="switch">
        <legend>{labels.language}</legend>
        {languages.map(([value, name]) => (
          <button type="submit" key={value} name="lang" value={value} lang={value} aria-pressed={locale === value}>
            {name}
          </button>
        ))}
      </fieldset>
      <fieldset className="switch">
        <legend>{labels.theme}</legend>
        {themes.map(([value, name, icon]) => (
          <button type="submit" key={value} name="theme" value={value} aria-pressed={theme === value}>
            <Icon name={icon} />
            {name}
          </button>
        ))}
      </fieldset>
    </Form>
  );
}

/**
 * Moves the focus to the title when another page was opened without loading the document anew: without this a screen reader
 * would say nothing, and the next Tab would go on somewhere in the middle.
 */
export function FocusOnTitle() {
  const { pathname } = useLocation();
  const last = useRef({ pathname, title: '' });
  useEffect(() => {
    const heading = document.querySelector<HTMLElement>('main h1');
    const before = last.current;
    last.current = { pathname, title: heading?.textContent ?? '' };
    const isOnTop = pathname.startsWith(`${before.pathname}/`) || before.pathname.startsWith(`${pathname}/`);
    const isBeside = pathname.replace(/[^/]*$/, '') === before.pathname.replace(/[^/]*$/, '');
    // Details and dialogs have addresses of their own but lie on the same page: they look after the focus themselves.
    if (before.pathname === pathname || ((isOnTop || isBeside) && before.title === heading?.textContent)) return;
    heading?.focus({ preventScroll: true });
  }, [pathname]);
  return null;
}

/** What was taken out of the page or hidden cannot have the focus; the browser takes it away only when it draws next. */
const isThere = (element: Element) => element.isConnected && element.checkVisibility({ visibilityProperty: true });

/**
 * Moves the focus to the title when the button that was pressed has gone with what it did, or is hidden since: otherwise whoever works with the keyboard
 * stands nowhere, and a screen reader says nothing of where they are.
 */
export function FocusKept() {
  const isBusy = [useNavigation(), useRevalidator(), ...useFetchers()].some(({ state }) => state !== 'idle');
  const last = useRef<Element | null>(null);
  useEffect(() => {
    const note = ({ target }: FocusEvent) => {
      last.current = target instanceof Element ? target : null;
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, []);
  useEffect(() => {
    const active = document.activeElement === document.body ? last.current : document.activeElement;
    if (isBusy || !active || isThere(active)) return;
    last.current = null;
    document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
  }, [isBusy]);
  return null;
}

/** A thin line at the top while the next page is on its way; it appears only when that takes long enough to wonder. */
export function Loading() {
  const isBusy = useNavigation().state !== 'idle';
  return <div className={classes('loading', isBusy && 'busy')} aria-hidden="true" />;
}

const legal: Dictionary<{ label: string; pages: readonly (readonly [to: string, name: string])[] }> = {
  de: {
    label: 'Pflichtangaben',
    pages: [
      ['/impressum', 'Impressum'],
      ['/datenschutz', 'Datenschutz'],
      ['/barrierefreiheit', 'Barrierefreiheit'],
    ],
  },
  en: {
    label: 'Legal pages',
    pages: [
      ['/impressum', 'Imprint'],
      ['/datenschutz', 'Privacy'],
      ['/barrierefreiheit', 'Accessibility'],
    ],
  },
};

/** At the foot of every page: who is responsible, what happens to data, and where to report a barrier. */
export function LegalLinks() {
  const { label, pages } = useWords(legal);
  return (
    <nav className="legal-links" aria-label={label}>
      <ul>
        {pages.map(([to, name]) => (
          <li key={to}>
            <Link to={to} reloadDocument>
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
