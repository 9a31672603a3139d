import type { ReactNode } from 'react';
import type { Option } from './field.tsx';
import { useField } from './form.tsx';
import { classes } from './view.tsx';

type GroupProps = {
  readonly legend: ReactNode;
  readonly hint?: ReactNode;
  readonly children: ReactNode;
  /** What a refusal calls them all together. */
  readonly name: string;
};

/** Fields that belong together under one question. A refusal of them all leads to the group. */
export function FieldGroup({ legend, hint, children, name }: GroupProps) {
  const { id, error, aria } = useField(name, hint);
  return (
    <fieldset
      className={classes('kern-fieldset', error && 'kern-fieldset--error')}
      id={id}
      tabIndex={-1}
      aria-describedby={aria['aria-describedby']}
    >
      <legend className="kern-label">{legend}</legend>
      {hint && (
        <div className="kern-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      <div className="kern-fieldset__body">{children}</div>
      {error && (
        <p className="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </fieldset>
  );
}

type ChoiceLabelProps = { readonly id: string; readonly label: ReactNode; readonly hint?: ReactNode };

/** What stands beside a box or a radio button; its hint is found at the button's id with `-hint`. */
export function ChoiceLabel({ id, label, hint }: ChoiceLabelProps) {
  return (
    <label className="kern-label" htmlFor={id}>
      {label}
      {hint && (
        <span className="choice-hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
    </label>
  );
}

type CheckboxProps = {
  readonly name: string;
  readonly value?: string;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly isChecked?: boolean;
};

/** Yes or no; sends `value` when it is checked and nothing otherwise. */
export function Checkbox({ name, value = 'yes', label, hint, isChecked }: CheckboxProps) {
  const { id, typed, wasSent, aria } = useField(name, hint);
  return (
    <div className="kern-form-check">
      <input
        className="kern-form-check__checkbox"
        type="checkbox"
        {...{ id, name, value }}
        {...aria}
        defaultChecked={wasSent ? typed === value : isChecked}
      />
      <ChoiceLabel {...{ id, label, hint }} />
    </div>
  );
}

type RadiosProps = {
  readonly name: string;
  readonly legend: ReactNode;
  readonly hint?: ReactNode;
  readonly value?: string;
  readonly options: readonly Option[];
};

/** One of a few, all of them visible. */
export function Radios({ name, legend, hint, value, options }: RadiosProps) {
  const { id, typed } = useField(name, hint);
  return (
    <FieldGroup {...{ legend, hint, name }}>
      {options.map((option) => (
        <div className="kern-form-check" key={option.value}>
          <input
            className="kern-form-check__radio"
            type="radio"
            id={`${id}-${option.value}`}
            name={name}
            value={option.value}
            defaultChecked={(typed ?? value) === option.value}
            aria-describedby={option.hint ? `${id}-${option.value}-hint` : undefined}
            required
          />
          <ChoiceLabel id={`${id}-${option.value}`} label={option.label} hint={option.hint} />
        </div>
      ))}
    </FieldGroup>
  );
}
