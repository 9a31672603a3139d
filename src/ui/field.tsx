import type { HTMLInputAutoCompleteAttribute, ReactNode } from 'react';
import { FieldFrame, useField } from './form.tsx';
import { classes } from './view.tsx';

type FieldProps = {
  readonly name: string;
  readonly label: ReactNode;
  /** What helps to fill it in, below the label, before the field. */
  readonly hint?: ReactNode;
  readonly value?: string;
  /** Fields are required unless they say otherwise. */
  readonly isOptional?: boolean;
};

type TextFieldProps = FieldProps & {
  readonly type?: 'text' | 'email' | 'password' | 'search' | 'url' | 'number' | 'date';
  readonly autoComplete?: HTMLInputAutoCompleteAttribute;
  readonly maxLength?: number;
  readonly placeholder?: string;
  /** As wide as what belongs into it. */
  readonly width?: 'short' | 'medium' | 'long';
  readonly isReadOnly?: boolean;
};

/** A browser's own number field sends nothing at all for what it cannot read: “abc” would become “no limit”. */
const kindOf = (type: NonNullable<TextFieldProps['type']>) =>
  type === 'number' ? ({ type: 'text', inputMode: 'decimal' } as const) : { type };

/** One line of text. */
export function TextField(props: TextFieldProps) {
  const { name, label, hint, value, isOptional, type = 'text', width, isReadOnly, ...rest } = props;
  const { id, error, typed, isSearch, aria } = useField(name, hint);
  return (
    <FieldFrame {...{ id, label, hint, error }} isOptional={isOptional && !isReadOnly && !isSearch}>
      <input
        className={classes('kern-form-input__input', error && 'kern-form-input__input--error', width && `width-${width}`)}
        {...{ id, name }}
        {...kindOf(type)}
        {...rest}
        {...aria}
        defaultValue={type === 'password' ? undefined : (typed ?? value)}
        required={!isOptional && !isSearch}
        readOnly={isReadOnly}
      />
    </FieldFrame>
  );
}

/** Several lines of text. */
export function TextArea({ name, label, hint, value, isOptional, rows = 3 }: FieldProps & { readonly rows?: number }) {
  const { id, error, typed, aria } = useField(name, hint);
  return (
    <FieldFrame {...{ id, label, hint, error, isOptional }}>
      <textarea
        className="kern-form-input__input"
        {...{ id, name, rows }}
        {...aria}
        defaultValue={typed ?? value}
        required={!isOptional}
      />
    </FieldFrame>
  );
}

/** A value people may choose, and the words for it. */
export type Option = { readonly value: string; readonly label: string; readonly hint?: ReactNode };

/** One of many, in a list that opens. For up to five options use {@link Radios}. */
export function Select({ name, label, hint, value, isOptional, options }: FieldProps & { readonly options: readonly Option[] }) {
  const { id, error, typed, isSearch, aria } = useField(name, hint);
  // “None” is an answer too: where it can be chosen, nothing has to say that the field may stay empty.
  const offersNothing = options.some((option) => option.value === '');
  return (
    <FieldFrame {...{ id, label, hint, error }} isOptional={isOptional && !isSearch && !offersNothing}>
      <div className="kern-form-input__select-wrapper">
        <select
          className="kern-form-input__select"
          {...{ id, name }}
          {...aria}
          defaultValue={typed ?? value}
          required={!isOptional && !isSearch && !offersNothing}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      </div>
    </FieldFrame>
  );
}

type FileFieldProps = FieldProps & { readonly accept?: string; readonly takesMany?: boolean };

/** A file from the person's own computer, or several. */
export function FileField({ name, label, hint, accept, takesMany, isOptional }: FileFieldProps) {
  const { id, error, aria } = useField(name, hint);
  return (
    <FieldFrame {...{ id, label, hint, error, isOptional }}>
      <input
        className="kern-form-input__input"
        type="file"
        multiple={takesMany}
        {...{ id, name, accept }}
        {...aria}
        required={!isOptional}
      />
    </FieldFrame>
  );
}
