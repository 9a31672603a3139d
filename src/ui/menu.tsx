import { type ReactNode, useEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import { Icon, type IconName } from './icon.tsx';
import { classes } from './view.tsx';

type MenuProps = {
  /** Said by screen readers, and shown when there is no `face`. */
  readonly label: string;
  /** What the closed menu shows instead of its label. */
  readonly face?: ReactNode;
  readonly icon?: IconName;
  readonly side?: 'start' | 'end';
  readonly children: ReactNode;
};

/**
 * A small panel that opens below its button: links and one-button forms. It is a `details` element, so it opens without script;
 * with script it also closes on Escape, on a click elsewhere and when a page was chosen.
 */
export function Menu({ label, face, icon, side = 'end', children }: MenuProps) {
  const menu = useClosing();
  return (
    <details ref={menu} className={classes('menu', side)}>
      <summary aria-label={face || !icon ? undefined : label} title={face ? undefined : label}>
        {icon && <Icon name={icon} />}
        {face ?? (icon ? null : label)}
        {!icon && <Icon name="down" />}
      </summary>
      <div className="menu-panel">{children}</div>
    </details>
  );
}

function useClosing() {
  const menu = useRef<HTMLDetailsElement>(null);
  const { key } = useLocation();
  const shownFor = useRef(key);
  useEffect(() => {
    // Not on the first run: the menu opens without script, and a page that wakes up must not shut what a person has just opened.
    if (shownFor.current === key) return;
    shownFor.current = key;
    if (menu.current) menu.current.open = false;
  }, [key]);
  useEffect(() => {
    const close = (focus: boolean) => {
      if (!menu.current?.open) return;
      menu.current.open = false;
      if (focus) menu.current.querySelector('summary')?.focus();
    };
    const onPointer = (event: PointerEvent) => {
      if (!menu.current?.contains(event.target as Node)) close(false);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') close(menu.current?.contains(document.activeElement) ?? false);
    };
    document.addEventListener('pointerdown', onPointer);
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('pointerdown', onPointer);
      document.removeEventListener('keydown', onKey);
    };
  }, []);
  return menu;
}
