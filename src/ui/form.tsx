import { createContext, type ReactNode, useContext, useId } from 'react';
import { Form as RouterForm, useActionData, useNavigation } from 'react-router';
import { fieldId, isRefusal, type Refusal, RefusalSummary, withLabels } from './refusal.tsx';
import { classes, type Dictionary, useView, useWords } from './view.tsx';

type FormState = { readonly id: string; readonly refusal: Refusal | null; readonly isSearch: boolean };

const FormContext = createContext<FormState>({ id: '', refusal: null, isSearch: false });

type FormProps = {
  /** Tells the forms of one page apart: only the one that was sent shows its refusal. */
  readonly name?: string;
  /** For a page that shows its refusal elsewhere and leads from there to the fields, see `fieldId`. */
  readonly id?: string;
  /** Where it is sent; default: this page. */
  readonly action?: string;
  /** For forms that only ask: searches, filters. */
  readonly isSearch?: boolean;
  /** For files: sent as multipart, the token first. Such a form has a page for itself and no name, which nobody reads in time. */
  readonly isUpload?: boolean;
  /** Its answer opens in a window of its own: this page stands in a frame of another site. */
  readonly opensApart?: boolean;
  /** Side by side instead of one below the other. */
  readonly isInline?: boolean;
  /** Sent as a whole page load, for what changes the frame itself or the session. */
  readonly reloads?: boolean;
  /** The page shows its refusal itself, where there is room for a sentence. */
  readonly tellsElsewhere?: boolean;
  readonly label?: string;
  /** Words of the fields by their names: a sentence that names a field names it as it is labelled here. */
  readonly labels?: Readonly<Record<string, unknown>>;
  readonly children: ReactNode;
};

/**
 * A form that works without script. It carries the session's token as its first field, shows above itself everything it was
 * refused for, and keeps what was typed. Fields inside look up their own value and message. The browser checks nothing by itself:
 * it would report one field after the other, in its own words.
 */
export function Form({ name = '', action, label, labels = {}, children, ...how }: FormProps) {
  const { id: given, isSearch, isUpload, isInline, reloads, tellsElsewhere, opensApart } = how;
  const { csrf } = useView();
  const answer = useActionData();
  const own = useId();
  const id = given ?? own;
  // A search is never refused: what is wrong is said of another form of the page that has no name either.
  const refusal = !isSearch && isRefusal(answer) && answer.form === name ? withLabels(answer, labels) : null;
  const isBusy = useNavigation().formData?.get('_form') === name;
  return (
    <FormContext value={{ id, refusal, isSearch: isSearch ?? false }}>
      <RouterForm
        method={isSearch ? 'get' : 'post'}
        {...(action && { action })}
        {...(isUpload && { encType: 'multipart/form-data' })}
        {...(opensApart && { target: '_blank' })}
        className={classes('form', isInline && 'inline')}
        reloadDocument={reloads ?? false}
        noValidate={!isSearch}
        aria-label={label}
        aria-busy={isBusy || undefined}
        role={isSearch ? 'search' : undefined}
      >
        {!isSearch && csrf !== null && <input type="hidden" name="_csrf" value={csrf} />}
        {!isSearch && <input type="hidden" name="_form" value={name} />}
        {refusal && !tellsElsewhere && <RefusalSummary refusal={refusal} form={id} answer={answer} />}
        {children}
      </RouterForm>
    </FormContext>
  );
}

/** A value that is sent along and not shown. */
export function Hidden({ name, value }: { readonly name: string; readonly value: string | number }) {
  return <input type="hidden" name={name} value={value} />;
}

/** What a field knows about itself: the ids that tie label, hint and message to it, and what was typed before. */
export function useField(name: string, hint: ReactNode) {
  const { id: form, refusal, isSearch } = useContext(FormContext);
  const alone = useId();
  const id = form === '' ? alone : fieldId(form, name);
  const error = refusal?.refused.fields.find(({ field }) => field === name)?.sentence ?? null;
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return {
    id,
    error,
    typed: refusal?.typed[name],
    wasSent: refusal !== null,
    /** In searches nothing has to be filled in, and nothing has to say so. */
    isSearch,
    aria: { 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined } as const,
  };
}

const words: Dictionary<{ optional: string }> = { de: { optional: 'freiwillig' }, en: { optional: 'optional' } };

type FieldFrameProps = {
  readonly id: string;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly error: string | null;
  readonly isOptional?: boolean | undefined;
  readonly children: ReactNode;
};

/** Label, hint, the field itself and its message, in the order in which they are read. */
export function FieldFrame({ id, label, hint, error, isOptional, children }: FieldFrameProps) {
  const { optional } = useWords(words);
  return (
    <div className={classes('kern-form-input', error && 'kern-form-input--error')}>
      <label className="kern-label" htmlFor={id}>
        {label}
        {isOptional && <span className="kern-label__optional"> ({optional})</span>}
      </label>
      {hint && (
        <div className="kern-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {children}
      {error && (
        <p className="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}
