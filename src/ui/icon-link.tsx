import { Link } from 'react-router';
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
