import { type MouseEvent, type ReactNode, useId, useRef } from 'react';
import { Link } from 'react-router';
import { IconButton } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';
import { type Dictionary, useWords } from './view.tsx';

type DialogLinkProps = {
  /** Page with the same content, for people without script and for opening in another tab. */
  readonly to: string;
  readonly label: string;
  readonly title: string;
  readonly icon?: IconName;
  readonly children: ReactNode;
};

const words: Dictionary<{ close: string }> = { de: { close: 'Schließen' }, en: { close: 'Close' } };

/** A link that opens its page's content in a dialog where script runs. The browser keeps the focus inside and gives it back. */
export function DialogLink({ to, label, title, icon, children }: DialogLinkProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const open = (event: MouseEvent) => {
    const wantsPage = event.ctrlKey || event.metaKey || event.shiftKey;
    if (wantsPage || !dialog.current?.showModal) return;
    event.preventDefault();
    dialog.current.showModal();
  };
  return (
    <>
      <Link className="kern-btn kern-btn--secondary" to={to} onClick={open}>
        {icon && <Icon name={icon} />}
        <span className="kern-label">{label}</span>
      </Link>
      <dialog ref={dialog} className="dialog" aria-labelledby={heading}>
        <header>
          <h2 id={heading}>{title}</h2>
          <IconButton icon="close" label={useWords(words).close} type="button" onClick={() => dialog.current?.close()} />
        </header>
        {children}
      </dialog>
    </>
  );
}
