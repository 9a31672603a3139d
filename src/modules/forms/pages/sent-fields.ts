/** What a form has sent, by name; of several with one name each in its place. */
export type SentFields = Map<string, string[]>;

/** Notes one more. In place: a robot may send half a million with one name, and a new list for each would keep everybody else waiting. */
export function noteField(fields: SentFields, name: string, value: string): void {
  const known = fields.get(name);
  if (known) known.push(value);
  else fields.set(name, [value]);
}

/** The fields of a form without files. */
export function fieldsOf(form: FormData): SentFields {
  const fields: SentFields = new Map();
  for (const [name, value] of form) if (typeof value === 'string') noteField(fields, name, value);
  return fields;
}
