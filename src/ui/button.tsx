import type { MouseEvent, ReactNode } from 'react';
import { Link } from 'react-router';
import { Icon, type IconName } from './icon.tsx';
import { classes } from './view.tsx';

/** `primary` once per view: what most people came for. `danger` for what cannot be undone. */
export type ButtonKind = 'primary' | 'secondary' | 'tertiary' | 'danger';

type Look = {
  readonly kind?: ButtonKind;
  readonly icon?: IconName | undefined;
  readonly isSmall?: boolean;
  readonly children: ReactNode;
};

const look = (kind: ButtonKind, isSmall?: boolean) =>
  classes('kern-btn', kind === 'danger' ? 'kern-btn--secondary danger' : kernKind[kind], isSmall && 'small');

/** Spelled out, so that the build sees which classes are used. */
const kernKind = { primary: 'kern-btn--primary', secondary: 'kern-btn--secondary', tertiary: 'kern-btn--tertiary' };

function Content({ icon, children }: Pick<Look, 'icon' | 'children'>) {
  return (
    <>
      {icon && <Icon name={icon} />}
      <span className="kern-label">{children}</span>
    </>
  );
}

/** The visible words first, so that people who speak to their computer can say what they see. */
const spoken = (children: ReactNode, about: string | undefined) => (about ? `${String(children)}: ${about}` : undefined);

type ButtonProps = Look & {
  readonly type?: 'submit' | 'button';
  /** Sent with the form when this button was pressed. */
  readonly name?: string;
  readonly value?: string;
  /** The id of the form it belongs to, where it stands outside of it. */
  readonly form?: string;
  readonly isDisabled?: boolean;
  /** Completes a label that is clear only in its place: “Sperren” → “Sperren: Anna Rot”. */
  readonly about?: string | undefined;
  readonly onClick?: (event: MouseEvent<HTMLButtonElement>) => void;
};

/** A button that does something. For going somewhere use {@link LinkButton}. */
export function Button({
  kind = 'secondary',
  icon,
  isSmall,
  children,
  type = 'submit',
  isDisabled,
  about,
  ...rest
}: ButtonProps) {
  return (
    <button className={look(kind, isSmall)} type={type} disabled={isDisabled} aria-label={spoken(children, about)} {...rest}>
      <Content icon={icon}>{children}</Content>
    </button>
  );
}

/** A link that looks like a button: the way to a page on which something is done. */
export function LinkButton({
  kind = 'secondary',
  icon,
  isSmall,
  children,
  to,
  about,
}: Look & { to: string; about?: string | undefined }) {
  return (
    <Link className={look(kind, isSmall)} to={to} aria-label={spoken(children, about)}>
      <Content icon={icon}>{children}</Content>
    </Link>
  );
}

/** Buttons side by side; they wrap where there is no room. */
export function Buttons({ children }: { readonly children: ReactNode }) {
  return <div className="buttons">{children}</div>;
}

type IconButtonProps = { readonly icon: IconName; readonly label: string; readonly onClick?: () => void } & Pick<
  ButtonProps,
  'type' | 'name' | 'value'
>;

/** A button that shows only an icon; its label is spoken and shown as a tooltip. */
export function IconButton({ icon, label, type = 'submit', ...rest }: IconButtonProps) {
  return (
    <button className="icon-button" type={type} aria-label={label} title={label} {...rest}>
      <Icon name={icon} />
    </button>
  );
}

type TextLinkProps = { readonly to: string; readonly children: ReactNode; readonly isExternal?: boolean };

/** A link in a text or a list. */
export function TextLink({ to, children, isExternal }: TextLinkProps) {
  if (!isExternal) return <Link to={to}>{children}</Link>;
  return (
    <a href={to} rel="noreferrer">
      {children}
    </a>
  );
}
