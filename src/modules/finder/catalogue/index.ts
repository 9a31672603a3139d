import { family } from './family.ts';
import { home } from './home.ts';
import { money } from './money.ts';
import { papers } from './papers.ts';
import type { CatalogueText } from './text.ts';

export { authorities, type CatalogueAuthority } from './authorities.ts';
export { synonyms } from './synonyms.ts';
export type { CatalogueText } from './text.ts';

/** The texts every new instance begins with. */
export const texts: readonly CatalogueText[] = [...papers, ...family, ...home, ...money];
