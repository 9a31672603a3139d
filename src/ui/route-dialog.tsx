import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Link, useNavigate } from 'react-router';
import { Icon } from './icon.tsx';
import { type Dictionary, useWords } from './view.tsx';

type RouteDialogProps = {
  readonly title: string;
  /** The page it lies on; closing goes there. */
  readonly back: string;
  readonly children: ReactNode;
};

const words: Dictionary<{ close: string }> = { de: { close: 'Schließen' }, en: { close: 'Close' } };

/** Where one begins: a field to fill in or a list to choose from; never a button, so that Enter does nothing by mistake. */
const firstPlace = 'input:not([type="hidden"], [type="radio"], [type="file"]), .places a';

/**
 * A dialog that is a page of its own, shown on top of the page it belongs to: it has an address, the browser's Back closes it,
 * and without script it stands above the page's content. The browser keeps the focus inside and gives it back.
 */
export function RouteDialog({ title, back, children }: RouteDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const navigate = useNavigate();
  const close = () => void navigate(back, { preventScrollReset: true });
  useEffect(() => {
    const opened = dialog.current;
    const before = document.activeElement;
    // It came open from the server, for those without script; only a modal one keeps the focus inside.
    opened?.close();
    opened?.showModal();
    const first = opened?.querySelector<HTMLElement>(firstPlace) ?? opened?.querySelector('h2');
    first?.focus();
    return () => {
      opened?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className="dialog route-dialog"
      open
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      <header>
        <h2 id={heading} tabIndex={-1}>
          {title}
        </h2>
        <Link className="icon-button" to={back} preventScrollReset aria-label={useWords(words).close}>
          <Icon name="close" />
        </Link>
      </header>
      {children}
    </dialog>
  );
}
