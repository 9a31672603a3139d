import type { ServiceContent } from '../rules-content.ts';

/** A text of the starting catalogue, with its key. What is left out is empty, and no proof of identity is asked for. */
export type CatalogueText = { readonly key: string; readonly content: ServiceContent };

type Needed = 'title' | 'summary' | 'plain' | 'titleEn' | 'summaryEn' | 'legal' | 'level' | 'steps';
type Given = Pick<ServiceContent, Needed> & Partial<ServiceContent>;

const defaults: Omit<ServiceContent, Needed> = {
  ...{ details: '', documents: [], fees: [], deadlines: [], duration: '', keywords: [], lifeEvents: [], form: null, leika: null },
  assurance: 'none',
  assuranceSource: 'Das Gesetz verlangt für diesen Antrag keine Schriftform und keinen Nachweis der Identität.',
};

export const text = (key: string, given: Given): CatalogueText => ({ key, content: { ...defaults, ...given } });
