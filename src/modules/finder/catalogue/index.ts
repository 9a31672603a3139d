import { familyEnglish } from './english-family.ts';
import { homeEnglish } from './english-home.ts';
import { moneyEnglish } from './english-money.ts';
import { papersEnglish } from './english-papers.ts';
import { family } from './family.ts';
import { home } from './home.ts';
import { money } from './money.ts';
import { papers } from './papers.ts';
import { type CatalogueText, withEnglish } from './text.ts';

export { authorities, blankAuthority, type CatalogueAuthority } from './authorities.ts';
export { lifeEvents } from './life-events.ts';
export { synonyms } from './synonyms.ts';
export type { CatalogueText } from './text.ts';

const english = { ...papersEnglish, ...familyEnglish, ...homeEnglish, ...moneyEnglish };

/** The texts every new instance begins with. */
export const texts: readonly CatalogueText[] = [...papers, ...family, ...home, ...money].map((text) =>
  withEnglish(text, english[text.key]),
);
