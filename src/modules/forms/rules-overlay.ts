import { ensure } from '#platform/errors';
import type { Definition, Text } from './rules-definition.ts';

/**
 * What a municipality decides for itself, laid over a form without a new version of it: whether it takes the form at all, texts,
 * fees and other values, questions it does without, the office. The way through stays the state's.
 */

export type Overlay = {
  readonly isOffered: boolean;
  /** By the key of the parameter. */
  readonly values: Readonly<Record<string, string | number | boolean>>;
  /** By place: `intro`, `page.dog`, `field.breed`, `declaration`. */
  readonly texts: Readonly<Record<string, Text>>;
  /** Keys of optional questions that are not asked here. */
  readonly off: readonly string[];
  /** The group or unit (id of the principal) that works on it; null: the administrators. */
  readonly office: number | null;
};

export const noOverlay: Overlay = { isOffered: false, values: {}, texts: {}, off: [], office: null };
const overlayLimits = { texts: 200, text: 4_000, off: 100 };

/** Places whose text can be replaced. */
function textPlaces({ pages }: Definition): string[] {
  return [
    'intro',
    'declaration',
    ...pages.flatMap(({ key, fields }) => [`page.${key}`, ...fields.map((field) => `field.${field.key}`)]),
  ];
}

/** Throws `invalid` with what cannot be set in this form. */
export function checkOverlay(definition: Definition, given: Overlay): Overlay {
  const places = new Set(textPlaces(definition));
  const optional = new Set(
    definition.pages.flatMap(({ fields }) => fields.filter((field) => field.isOptional).map(({ key }) => key)),
  );
  const refuse = (field: string, detail: string) => ensure(false, 'invalid', 'forms.overlayForm', { field, detail });
  for (const [key, value] of Object.entries(given.values)) {
    const parameter = definition.parameters.find((known) => known.key === key);
    const wanted = { money: 'number', number: 'number', text: 'string', yesNo: 'boolean' } as const;
    if (!parameter || typeof value !== wanted[parameter.kind]) refuse(key, 'value');
    else if (parameter.kind === 'money' && !(Number.isInteger(value) && (value as number) >= 0)) refuse(key, 'money');
  }
  const texts = Object.entries(given.texts);
  ensure(texts.length <= overlayLimits.texts, 'tooLarge', 'forms.overlayForm', {
    field: 'texts',
    detail: String(overlayLimits.texts),
  });
  for (const [place, { de, en }] of texts)
    if (!places.has(place) || de.length > overlayLimits.text || en.length > overlayLimits.text) refuse(place, 'text');
  for (const key of given.off) if (!optional.has(key)) refuse(key, 'required');
  return { ...given, off: [...new Set(given.off)] };
}

/** The form as it is asked in one municipality. What the overlay names and this version does not have is passed over. */
export function overlaid(definition: Definition, { texts, off }: Overlay): Definition {
  const said = (place: string, own: Text): Text => texts[place] ?? own;
  const left = new Set(off);
  const pages = definition.pages.map((page) => {
    const fields = page.fields
      .filter((field) => !(field.isOptional && left.has(field.key)))
      .map((field) => ({ ...field, hint: texts[`field.${field.key}`] ?? field.hint }))
      .map(({ hint, ...field }) => (hint ? { ...field, hint } : field));
    const hint = texts[`page.${page.key}`] ?? page.hint;
    return { ...page, fields, ...(hint && { hint }) };
  });
  const asked = pages.filter(({ fields }) => fields.length > 0);
  return {
    ...definition,
    intro: said('intro', definition.intro),
    declaration: said('declaration', definition.declaration),
    pages: asked,
  };
}

/** The values in force: the municipality's, and the form's own where it has set none. */
export function valuesOf({ parameters }: Definition, { values }: Overlay): Record<string, string | number | boolean> {
  return Object.fromEntries(parameters.map(({ key, value }) => [key, values[key] ?? value]));
}
