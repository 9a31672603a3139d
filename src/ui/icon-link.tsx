import type { MouseEvent } from 'react';
import { Link, useNavigate } from 'react-router';
import { Icon, type IconName } from './icon.tsx';

type IconLinkProps = { readonly icon: IconName; readonly label: string; readonly to: string };

/** The way to something, shown as an icon only; its label is spoken and shown as a tooltip. */
export function IconLink({ icon, label, to }: IconLinkProps) {
  return (
    <Link className="icon-button" to={to} aria-label={label} title={label} preventScrollReset>
      <Icon name={icon} />
    </Link>
  );
}

/**
 * For the links of a long list: one handler for all of them instead of a router link in every row, which would cost more than
 * everything else in it. Clicks that want a new tab or a download are the browser's.
 */
export function useFollow(options: { readonly keepsScroll?: boolean } = {}) {
  const navigate = useNavigate();
  return (event: MouseEvent<HTMLAnchorElement>) => {
    const isBrowsers = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0;
    if (event.defaultPrevented || isBrowsers) return;
    event.preventDefault();
    void navigate(event.currentTarget.getAttribute('href') ?? '', { preventScrollReset: options.keepsScroll ?? false });
  };
}
