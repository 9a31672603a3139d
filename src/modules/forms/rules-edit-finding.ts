import type { Field, FormPage, Text } from './rules-definition.ts';

/** What is wrong with a form, or worth a look, with the place where it is put right. */

export type Place =
  | { readonly at: 'form' | 'basics' | 'fee' | 'free' }
  | {
      readonly at: 'page' | 'pageWhen' | 'field' | 'fieldWhen' | 'item' | 'itemWhen' | 'value';
      readonly key: string;
    };

export type Finding = {
  /** `wrong` keeps the form from being published; `hint` is worth a look. */
  readonly weight: 'wrong' | 'hint';
  readonly place: Place;
  readonly text: Text;
};

export const wrong = (place: Place, de: string, en: string): Finding => ({ weight: 'wrong', place, text: { de, en } });
export const hint = (place: Place, de: string, en: string): Finding => ({ weight: 'hint', place, text: { de, en } });

const named = ({ de }: Text, fallback: string) => (de === '' ? fallback : de);
export const pageName = ({ title, key }: Pick<FormPage, 'title' | 'key'>) => named(title, key);
export const fieldName = ({ label, key }: Pick<Field, 'label' | 'key'>) => named(label, key);

/** Both findings about a text: it is not there, or only in German. */
export function textFindings(place: Place, { de, en }: Text, what: Text): Finding[] {
  if (de === '') return [wrong(place, `${what.de} fehlt.`, `${what.en} is missing.`)];
  return en === ''
    ? [hint(place, `${what.de}: Der englische Text fehlt.`, `${what.en}: the English text is missing. The German one is shown.`)]
    : [];
}
