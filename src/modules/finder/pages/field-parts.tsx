import { Select, TextArea, TextField } from '#ui/field';
import { useWords } from '#ui/view';
import { fieldTexts } from './field-texts.ts';

/** Fields of the editors' forms, by the name of what they hold. */

/** What is in the form before anybody types: a content, or nothing. */
export type Values = Readonly<Record<string, unknown>>;

export type Field = { readonly name: string; readonly values: Values; readonly isRequired?: boolean };

/** A value as it stands in a field: a list with one item in each line. */
export const said = (value: unknown): string => (Array.isArray(value) ? value.join('\n') : String(value ?? ''));

/** What a field is called, and how to fill it in. */
export function useLabels(name: string) {
  const labels: Readonly<Record<string, string>> = useWords(fieldTexts);
  return { label: labels[name] ?? name, hint: labels[`${name}Hint`] };
}

/** One line. */
export function Line({ name, values, isRequired }: Field) {
  return <TextField name={name} {...useLabels(name)} value={said(values[name])} isOptional={!isRequired} maxLength={300} />;
}

/** Several lines. */
export function Text({ name, values, isRequired, rows = 4 }: Field & { readonly rows?: number }) {
  return <TextArea name={name} {...useLabels(name)} value={said(values[name])} isOptional={!isRequired} rows={rows} />;
}

/** One of some values, each with its name. */
export function Choice({ name, values, names }: Field & { readonly names: Readonly<Record<string, string>> }) {
  const options = Object.entries(names).map(([value, label]) => ({ value, label }));
  return <Select name={name} {...useLabels(name)} value={said(values[name])} options={options} />;
}
