import { type ReactNode, useEffect, useRef } from 'react';
import { Icon, type IconName } from './icon.tsx';
import { classes, type Dictionary, useWords } from './view.tsx';

export type Tone = 'info' | 'success' | 'warning' | 'danger' | 'neutral';

/** Spelled out, so that the build sees which of KERN's classes are used. */
const badges: Readonly<Record<Tone, string>> = {
  info: 'kern-badge--info',
  success: 'kern-badge--success',
  warning: 'kern-badge--warning',
  danger: 'kern-badge--danger',
  neutral: 'neutral',
};

/** A state as a word, with a colour that only repeats what the word says. */
export function State({ tone = 'neutral', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return (
    <span className={classes('kern-badge kern-badge--small', badges[tone])}>
      <span className="kern-label kern-label--small">{children}</span>
    </span>
  );
}

const icons: Readonly<Record<Tone, IconName>> = {
  info: 'info',
  success: 'check',
  warning: 'warning',
  danger: 'warning',
  neutral: 'info',
};

const words: Dictionary<Readonly<Record<Tone, string>>> = {
  de: { info: 'Hinweis', success: 'Erledigt', warning: 'Achtung', danger: 'Fehler', neutral: 'Hinweis' },
  en: { info: 'Note', success: 'Done', warning: 'Warning', danger: 'Error', neutral: 'Note' },
};

type AlertProps = {
  readonly tone?: Tone;
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  /** Moves the focus here, so that nobody misses why a form was not accepted: when it appears, and when this becomes something else. */
  readonly takesFocus?: unknown;
};

/** A message in the page: what happened, what it means, what to do now. */
export function Alert({ tone = 'info', title, children, takesFocus }: AlertProps) {
  const box = useRef<HTMLDivElement>(null);
  const spoken = useWords(words)[tone];
  useEffect(() => {
    if (takesFocus) box.current?.focus();
  }, [takesFocus]);
  return (
    <div
      ref={box}
      className={classes('alert', tone)}
      role={tone === 'danger' ? 'alert' : undefined}
      tabIndex={takesFocus ? -1 : undefined}
    >
      <Icon name={icons[tone]} label={spoken} />
      <div>
        {title && <p className="alert-title">{title}</p>}
        {children && <div className="flow">{children}</div>}
      </div>
    </div>
  );
}
