import type { ServiceContent } from '../rules-content.ts';

/** A text of the starting catalogue, with its key. What is left out is empty, and no proof of identity is asked for. */
export type CatalogueText = { readonly key: string; readonly content: ServiceContent };

type Needed = 'title' | 'summary' | 'plain' | 'titleEn' | 'summaryEn' | 'legal' | 'level' | 'steps';
type Given = Pick<ServiceContent, Needed> & Partial<ServiceContent>;

const defaults: Omit<ServiceContent, Needed> = {
  details: '',
  documents: [],
  fees: [],
  deadlines: [],
  duration: '',
  keywords: [],
  lifeEvents: [],
  form: null,
  leika: null,
  detailsEn: '',
  documentsEn: [],
  feesEn: [],
  deadlinesEn: [],
  durationEn: '',
  stepsEn: [],
  keywordsEn: [],
  assurance: 'none',
  assuranceSource: 'Das Gesetz verlangt für diesen Antrag keine Schriftform und keinen Nachweis der Identität.',
  assuranceSourceEn: 'The law demands neither a written form nor a proof of identity for this application.',
};

export const text = (key: string, given: Given): CatalogueText => ({ key, content: { ...defaults, ...given } });

/** The English parts of a text, point for point like the German ones. What is left out is empty in German as well. */
export type EnglishText = {
  readonly details?: string;
  readonly documents?: readonly string[];
  readonly fees: readonly string[];
  readonly deadlines?: readonly string[];
  readonly duration?: string;
  readonly steps: readonly string[];
  /** Where it is not the usual sentence. */
  readonly assuranceSource?: string;
  readonly keywords: readonly string[];
};

/** A text with its English parts. */
export function withEnglish({ key, content }: CatalogueText, english: EnglishText | undefined): CatalogueText {
  if (!english) return { key, content };
  const { details = '', documents = [], fees, deadlines = [], duration = '', steps, keywords } = english;
  const { assuranceSource = content.assuranceSourceEn } = english;
  const parts = {
    detailsEn: details,
    documentsEn: documents,
    feesEn: fees,
    deadlinesEn: deadlines,
    durationEn: duration,
    stepsEn: steps,
    assuranceSourceEn: assuranceSource,
    keywordsEn: keywords,
  };
  return { key, content: { ...content, ...parts } };
}
