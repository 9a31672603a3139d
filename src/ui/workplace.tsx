import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import { Form, Hidden } from './form.tsx';
import {
  FocusKept,
  FocusOnTitle,
  Kopfzeile,
  LegalLinks,
  Loading,
  type Site,
  SiteName,
  SkipLink,
  type Theme,
  ViewSwitch,
} from './frame.tsx';
import { Icon, type IconName } from './icon.tsx';
import { KeysDialog } from './keys.tsx';
import { useNoticeCount } from './live.tsx';
import { Menu } from './menu.tsx';
import { type Notice, Toast } from './toast.tsx';
import { Tray } from './tray.tsx';
import { classes, type Dictionary, useWords } from './view.tsx';

/** A room as the rail on the left shows it. */
export type Place = {
  readonly to: string;
  readonly label: string;
  readonly icon: IconName;
  readonly isHere: boolean;
  readonly isMinor: boolean;
};

export type Person = {
  readonly name: string;
  readonly address: string;
  /** Notices that wait. */
  readonly notices: number;
};

type WorkplaceProps = {
  readonly site: Site;
  readonly theme: Theme;
  readonly person: Person;
  readonly places: readonly Place[];
  readonly notice: Notice | null;
  /** The rail shows only its icons. */
  readonly isNarrow: boolean;
  /** Search field of the bar; absent as long as no room can be searched. */
  readonly search?: ReactNode;
  readonly children: ReactNode;
};

type WorkplaceWords = {
  rooms: string;
  more: string;
  narrow: string;
  widen: string;
  me: string;
  account: string;
  sessions: string;
  appPasswords: string;
  keys: string;
  signOut: string;
  notices: (count: number) => string;
};

const words: Dictionary<WorkplaceWords> = {
  de: {
    rooms: 'Hauptmenü',
    more: 'Mehr',
    narrow: 'Einklappen',
    widen: 'Ausklappen',
    me: 'Mein Konto',
    account: 'Konto und Passwort',
    sessions: 'Angemeldete Geräte',
    appPasswords: 'App-Passwörter',
    keys: 'Tastenkürzel',
    signOut: 'Abmelden',
    notices: (count) => (count === 0 ? 'Mitteilungen' : `Mitteilungen: ${count}`),
  },
  en: {
    rooms: 'Main menu',
    more: 'More',
    narrow: 'Collapse',
    widen: 'Expand',
    me: 'My account',
    account: 'Account and password',
    sessions: 'Signed-in devices',
    appPasswords: 'App passwords',
    keys: 'Keys',
    signOut: 'Sign out',
    notices: (count) => (count === 0 ? 'Notices' : `Notices: ${count}`),
  },
};

/** The frame of everything staff do: bar on top, rooms on the left (below on phones), the page, toast and tray. */
export function Workplace({ site, theme, person, places, notice, isNarrow, search, children }: WorkplaceProps) {
  const labels = useWords(words);
  return (
    <div className={classes('desk', isNarrow && 'narrow')}>
      <SkipLink />
      <Loading />
      <FocusOnTitle />
      <header className="bar-place">
        <Kopfzeile site={site} />
        <div className="bar">
          <SiteName site={site} />
          <div className="bar-search">{search}</div>
          <Bell loaded={person.notices} />
          <Menu label={labels.me} face={<Face person={person} />}>
            <MeMenu person={person} theme={theme} />
          </Menu>
        </div>
      </header>
      <nav className="rail" aria-label={labels.rooms}>
        <ul>
          {places.map(({ to, label, icon, isHere, isMinor }) => (
            <li key={to} className={classes(isMinor && 'minor')}>
              <Link to={to} aria-current={isHere ? 'true' : undefined} title={isNarrow ? label : undefined}>
                <Icon name={icon} />
                <span>{label}</span>
              </Link>
            </li>
          ))}
          <li className="rail-more">
            <MoreRooms places={places.filter(({ isMinor }) => isMinor)} />
          </li>
        </ul>
        <RailSwitch isNarrow={isNarrow} />
      </nav>
      <main id="inhalt" tabIndex={-1}>
        {children}
      </main>
      {/* After the page, so that what a page does with the focus itself comes first. */}
      <FocusKept />
      <footer className="desk-foot">
        <LegalLinks />
      </footer>
      <KeysDialog />
      <Toast notice={notice} />
      <Tray />
    </div>
  );
}

/** On phones: the rooms for which the bar has no room. */
function MoreRooms({ places }: { readonly places: readonly Place[] }) {
  const { more } = useWords(words);
  const face = (
    <>
      <Icon name="more" />
      <span>{more}</span>
    </>
  );
  return (
    <Menu label={more} face={face}>
      <ul className="menu-list">
        {places.map(({ to, icon, label }) => (
          <MenuLink key={to} to={to} icon={icon} label={label} />
        ))}
      </ul>
    </Menu>
  );
}

/** The way to the notices, with their number; beyond 99 it only says that there are many. */
function Bell({ loaded }: { readonly loaded: number }) {
  const count = useNoticeCount(loaded, '/mitteilungen/anzahl');
  const label = useWords(words).notices(count);
  return (
    <Link className="bell" to="/mitteilungen" aria-label={label} title={label}>
      <Icon name="bell" />
      {count > 0 && (
        <span className="bell-count" aria-hidden="true">
          {count > 99 ? '99+' : count}
        </span>
      )}
    </Link>
  );
}

function RailSwitch({ isNarrow }: { readonly isNarrow: boolean }) {
  const labels = useWords(words);
  const { pathname, search } = useLocation();
  return (
    <Form name="rail" action="/ansicht">
      <Hidden name="weiter" value={`${pathname}${search}`} />
      <button type="submit" className="rail-switch" name="rail" value={isNarrow ? 'wide' : 'narrow'} aria-expanded={!isNarrow}>
        <Icon name={isNarrow ? 'forward' : 'back'} />
        <span>{isNarrow ? labels.widen : labels.narrow}</span>
      </button>
    </Form>
  );
}

/** Two letters that stand for a name: Anna Rot → AR. */
function initialsOf(name: string): string {
  const parts = name.split(/[\s-]+/).filter(Boolean);
  const picked = parts.length > 1 ? [parts[0], parts.at(-1)] : [parts[0]];
  return picked.map((part) => part?.[0]?.toLocaleUpperCase('de') ?? '').join('');
}

function Face({ person }: { readonly person: Person }) {
  return (
    <>
      <span className="initials" aria-hidden="true">
        {initialsOf(person.name)}
      </span>
      <span className="face-name">{person.name}</span>
    </>
  );
}

function MeMenu({ person, theme }: { readonly person: Person; readonly theme: Theme }) {
  const labels = useWords(words);
  return (
    <>
      <p className="menu-head">
        <strong>{person.name}</strong>
        <span className="muted">{person.address}</span>
      </p>
      <ul className="menu-list">
        <MenuLink to="/konto" icon="person" label={labels.account} />
        <MenuLink to="/konto/sitzungen" icon="computer" label={labels.sessions} />
        <MenuLink to="/konto/app-passwoerter" icon="key" label={labels.appPasswords} />
        <MenuLink to="/dateien/tasten" icon="keyboard" label={labels.keys} />
      </ul>
      <ViewSwitch theme={theme} />
      <Form name="signOut" action="/abmelden" reloads>
        <button type="submit" className="menu-item">
          <Icon name="signOut" />
          {labels.signOut}
        </button>
      </Form>
    </>
  );
}

function MenuLink({ to, icon, label }: { readonly to: string; readonly icon: IconName; readonly label: string }) {
  return (
    <li>
      <Link className="menu-item" to={to}>
        <Icon name={icon} />
        {label}
      </Link>
    </li>
  );
}
