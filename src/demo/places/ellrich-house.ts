import type { Shield } from '../paper/crest.ts';
import { letterPaper } from './office.ts';

/** The town's shield: made up, as all in the demonstration. */
export const ellrichShield: Shield = { charge: 'tower', field: [138, 31, 43], figure: [246, 240, 224] };

const street = 'Rathausplatz 0 · 00000 Ellrich · Vorführung';

export const townLetter = letterPaper(ellrichShield, ['Stadt Ellrich', 'Bürgermeisteramt', street]);
export const buildingLetter = letterPaper(ellrichShield, ['Stadt Ellrich', 'Bauamt', street]);
export const orderLetter = letterPaper(ellrichShield, ['Stadt Ellrich', 'Ordnungsamt', street]);
