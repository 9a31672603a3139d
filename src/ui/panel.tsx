import { type ReactNode, useId } from 'react';
import { Link } from 'react-router';
import { Icon, type IconName } from './icon.tsx';
import { type Dictionary, useWords } from './view.tsx';

const words: Dictionary<{ close: string }> = { de: { close: 'Einzelheiten schließen' }, en: { close: 'Close details' } };

type SplitProps = {
  /** What stands at the right of the page; null: the page has the whole width. */
  readonly panel: ReactNode;
  readonly children: ReactNode;
};

/** A page with a panel for details at its right. Where there is no room for both, the panel takes the place of the page. */
export function Split({ panel, children }: SplitProps) {
  return (
    <div className={panel ? 'split open' : 'split'}>
      <div className="split-main">{children}</div>
      {panel}
    </div>
  );
}

type PanelProps = {
  readonly title: string;
  readonly icon?: IconName;
  /** Address without the panel. */
  readonly back: string;
  readonly children: ReactNode;
};

/** The details of one thing. Its own address: it stays when the page is loaded anew, and can be passed on. */
export function Panel({ title, icon, back, children }: PanelProps) {
  const heading = useId();
  return (
    <aside className="panel" aria-labelledby={heading}>
      <header>
        {icon && <Icon name={icon} />}
        <h2 id={heading}>{title}</h2>
        <Link className="icon-button" to={back} preventScrollReset aria-label={useWords(words).close}>
          <Icon name="close" />
        </Link>
      </header>
      {children}
    </aside>
  );
}

/** A part of a panel that can be folded away. */
export function PanelPart({
  title,
  isOpen = true,
  children,
}: {
  readonly title: string;
  readonly isOpen?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <details className="panel-part" open={isOpen}>
      <summary>
        <h3>{title}</h3>
        <Icon name="down" />
      </summary>
      <div className="flow">{children}</div>
    </details>
  );
}
