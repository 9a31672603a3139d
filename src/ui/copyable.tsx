import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Button } from './button.tsx';
import { type Dictionary, useWords } from './view.tsx';

/** False until the page's script runs: what needs script stays away where there is none. */
export function useScript(): boolean {
  const [runs, setRuns] = useState(false);
  useEffect(() => setRuns(true), []);
  return runs;
}

type Texts = { copy: string; copied: (what: string) => string; failed: string };

const words: Dictionary<Texts> = {
  de: {
    copy: 'Kopieren',
    copied: (what) => `${what}: kopiert`,
    failed: 'Der Browser erlaubt das Kopieren hier nicht. Der Text ist markiert; bitte kopieren Sie ihn selbst.',
  },
  en: {
    copy: 'Copy',
    copied: (what) => `${what}: copied`,
    failed: 'The browser does not allow copying here. The text is selected; please copy it yourself.',
  },
};

/** Copies the text of a field. Browsers offer their clipboard only over TLS; the older way works on an intranet without it too. */
async function copy(field: HTMLInputElement): Promise<boolean> {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    return document.execCommand('copy');
  }
}

type CopyableProps = {
  readonly label: string;
  readonly value: string;
  /** Says more, below the label. */
  readonly hint?: ReactNode;
};

/** A text to take elsewhere, letter by letter: selectable in any browser, with script copied by a button that says so. */
export function Copyable({ label, value, hint }: CopyableProps) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [isCopied, setCopied] = useState<boolean | null>(null);
  const hasScript = useScript();
  const texts = useWords(words);
  const press = async () => {
    if (field.current) setCopied(await copy(field.current));
  };
  return (
    <div className="kern-form-input copyable">
      <label className="kern-label" htmlFor={id}>
        {label}
      </label>
      {hint && (
        <div className="kern-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      <div className="copyable-row">
        <input
          ref={field}
          className="kern-form-input__input code"
          id={id}
          value={value}
          size={value.length + 2}
          readOnly
          spellCheck={false}
          autoComplete="off"
          aria-describedby={hint ? `${id}-hint` : undefined}
          onFocus={(event) => event.currentTarget.select()}
        />
        {hasScript && (
          <Button type="button" icon="copy" about={label} onClick={press}>
            {texts.copy}
          </Button>
        )}
      </div>
      <p className="copyable-said" role="status">
        {isCopied === null ? '' : isCopied ? texts.copied(label) : texts.failed}
      </p>
    </div>
  );
}
