import { type ChangeEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useScript } from './copyable.tsx';
import { FieldFrame, useField } from './form.tsx';

const isColour = (text: string) => /^#[0-9a-f]{6}$/i.test(text.trim());

type ColourFieldProps = {
  readonly name: string;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly value: string;
  /** What the picker of the browser is called. */
  readonly pickLabel: string;
  /** Shows what the colour does where it will be used; draws with `--brand`. */
  readonly preview: ReactNode;
};

/**
 * A colour as text, which works everywhere; with script the browser's own picker stands beside it and the preview follows both.
 * Without script the preview shows the colour that is in force.
 */
export function ColourField({ name, label, hint, value, pickLabel, preview }: ColourFieldProps) {
  const { id, error, typed, aria } = useField(name, hint);
  const [colour, setColour] = useState(typed ?? value);
  const hasScript = useScript();
  const sample = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Not as an attribute: the page's policy forbids styles in the document, not those a script sets.
    if (isColour(colour)) sample.current?.style.setProperty('--brand', colour.trim());
    else sample.current?.style.removeProperty('--brand');
  }, [colour]);
  const change = (event: ChangeEvent<HTMLInputElement>) => setColour(event.currentTarget.value);
  return (
    <>
      <FieldFrame {...{ id, label, hint, error }} isOptional>
        <div className="colour-row">
          <input
            className="kern-form-input__input width-short"
            {...{ id, name }}
            {...aria}
            value={colour}
            onChange={change}
            placeholder="#204aa8"
            maxLength={7}
            autoComplete="off"
            spellCheck={false}
          />
          {hasScript && (
            <input
              className="colour-pick"
              type="color"
              aria-label={pickLabel}
              title={pickLabel}
              value={isColour(colour) ? colour.trim().toLowerCase() : '#204aa8'}
              onChange={change}
            />
          )}
        </div>
      </FieldFrame>
      <div ref={sample}>{preview}</div>
    </>
  );
}
