import type { ReactNode } from 'react';
import { Link, useMatches, useRouteLoaderData } from 'react-router';
import { Icon, type IconName } from './icon.tsx';
import { type Dictionary, useWords } from './view.tsx';

type Crumb = { readonly to: string; readonly label: string };

type PageProps = {
  readonly title: string;
  /** Something was wrong: the tab says so first. A page that was loaded anew is read out from its title. */
  readonly isWrong?: boolean;
  /** One sentence that says what this place is for. */
  readonly lead?: ReactNode;
  /** The pages above this one, outermost first. */
  readonly above?: readonly Crumb[];
  /** What can be done with the whole page; the primary button last. */
  readonly actions?: ReactNode;
  /** `text` for forms and reading, `wide` for lists. */
  readonly width?: 'text' | 'wide';
  readonly children: ReactNode;
};

/** A page's own part: its title in the browser's tab and as its one first-level heading, and what stands below. */
export function Page({ title, isWrong = false, lead, above, actions, width = 'text', children }: PageProps) {
  const site = useSiteName();
  const { wrong } = useWords(words);
  const said = isWrong ? `${wrong}: ${title}` : title;
  return (
    <div className={`page ${width}`}>
      <title>{site ? `${said} – ${site}` : said}</title>
      {above && above.length > 0 && <Breadcrumb above={above} here={title} />}
      <header className="page-head">
        <h1 tabIndex={-1}>{title}</h1>
        {actions && <div className="page-actions">{actions}</div>}
      </header>
      {lead && <p className="lead">{lead}</p>}
      {children}
    </div>
  );
}

type Named = { readonly name: string };

/** Whose page this is: the authority that the page's data names, else the one by whose address somebody came. */
function useSiteName(): string | undefined {
  const root = useRouteLoaderData('root') as { readonly tenant?: Named } | undefined;
  const pages = useMatches().map(({ loaderData }) => loaderData as { readonly shownTenant?: Named } | null | undefined);
  return (pages.findLast((page) => page?.shownTenant)?.shownTenant ?? root?.tenant)?.name;
}

const words: Dictionary<{ path: string; wrong: string }> = {
  de: { path: 'Sie sind hier', wrong: 'Fehler' },
  en: { path: 'You are here', wrong: 'Error' },
};

/** The way from the top down to here. */
function Breadcrumb({ above, here }: { readonly above: readonly Crumb[]; readonly here: string }) {
  return (
    <nav className="breadcrumb" aria-label={useWords(words).path}>
      <ol>
        {above.map(({ to, label }) => (
          <li key={to}>
            <Link to={to}>{label}</Link>
            <Icon name="forward" />
          </li>
        ))}
        <li aria-current="page">{here}</li>
      </ol>
    </nav>
  );
}

/** A part of a page under a heading of its own. */
export function Section({
  title,
  lead,
  children,
}: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="section">
      <h2>{title}</h2>
      {lead && <p className="muted">{lead}</p>}
      {children}
    </section>
  );
}

type EmptyProps = { readonly icon: IconName; readonly title: string; readonly children: ReactNode; readonly action?: ReactNode };

/** Instead of an empty list: what this place is for, and the first step. */
export function Empty({ icon, title, children, action }: EmptyProps) {
  return (
    <div className="empty">
      <Icon name={icon} />
      <p className="empty-title">{title}</p>
      <div className="muted">{children}</div>
      {action}
    </div>
  );
}

export type Fact = readonly [term: string, value: ReactNode];

/** Terms and their values, one below the other. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className="facts">
      {facts.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export type Tab = { readonly to: string; readonly label: string; readonly isHere: boolean };

/** Neighbouring pages of one subject. Links, not script: each has an address of its own. */
export function Tabs({ label, tabs }: { readonly label: string; readonly tabs: readonly Tab[] }) {
  return (
    <nav className="tabs" aria-label={label}>
      <ul>
        {tabs.map(({ to, label: name, isHere }) => (
          <li key={to}>
            <Link to={to} aria-current={isHere ? 'page' : undefined}>
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

type GaugeProps = { readonly label: string; readonly value: number; readonly max: number; readonly words: string };

/** How full something is, as a bar and in words. */
export function Gauge({ label, value, max, words: said }: GaugeProps) {
  return (
    <span className="gauge">
      <meter aria-label={label} min={0} max={max} value={value} high={max * 0.9} optimum={0} />
      <span className="number">{said}</span>
    </span>
  );
}
