import type { Dictionary } from '#ui/view';
import type { ContactField, LegalKind } from '../rules-legal.ts';

/** The pages everybody can open, by their addresses. */
export const legalPaths: Readonly<Record<LegalKind, string>> = {
  imprint: '/impressum',
  privacy: '/datenschutz',
  accessibility: '/barrierefreiheit',
};

type LegalTexts = {
  pages: Readonly<Record<LegalKind, string>>;
  title: string;
  lead: string;
  contact: string;
  contactLead: string;
  fields: Readonly<Record<ContactField, readonly [label: string, hint: string]>>;
  save: string;
  contactSaved: string;
  own: string;
  fromTemplate: string;
  textHint: string;
  text: string;
  saved: (page: string) => string;
  useTemplate: string;
  templated: (page: string) => string;
  look: string;
};

export const legalTexts: Dictionary<LegalTexts> = {
  de: {
    pages: { imprint: 'Impressum', privacy: 'Datenschutz', accessibility: 'Barrierefreiheit' },
    title: 'Pflichtangaben',
    lead: 'Impressum, Datenschutzhinweise und Erklärung zur Barrierefreiheit stehen am Fuß jeder Seite. Aus Ihren Angaben entsteht zu jeder ein Text; Sie können ihn durch einen eigenen ersetzen.',
    contact: 'Angaben',
    contactLead: 'Name und Anschrift kommen aus den Stammdaten der Behörde. Was leer bleibt, wird weggelassen.',
    fields: {
      email: ['E-Mail-Adresse', 'Die allgemeine, zum Beispiel poststelle@…'],
      phone: ['Telefon', 'Mit Vorwahl'],
      representedBy: ['Vertreten durch', 'Zum Beispiel: den Bürgermeister Max Muster'],
      supervision: ['Aufsichtsbehörde', 'Name und Anschrift'],
      dataProtection: ['Datenschutzbeauftragte Person', 'Name und wie man sie erreicht'],
      accessibility: ['Adresse, um Barrieren zu melden', 'Leer: die allgemeine E-Mail-Adresse'],
    },
    save: 'Speichern',
    contactSaved: 'Die Angaben sind gespeichert.',
    own: 'eigener Text',
    fromTemplate: 'aus der Vorlage',
    textHint: 'Eine leere Zeile trennt Absätze, „## “ beginnt eine Überschrift, „- “ einen Punkt einer Aufzählung.',
    text: 'Text',
    saved: (page) => `Gespeichert: ${page}.`,
    useTemplate: 'Vorlage verwenden',
    templated: (page) => `${page} kommt wieder aus der Vorlage.`,
    look: 'Seite ansehen',
  },
  en: {
    pages: { imprint: 'Imprint', privacy: 'Privacy', accessibility: 'Accessibility' },
    title: 'Legal pages',
    lead: 'Imprint, privacy notice and accessibility statement stand at the foot of every page. A text for each is made of what you enter; you can replace it by one of your own.',
    contact: 'Details',
    contactLead: "Name and address come from the authority's master data. What is empty is left out.",
    fields: {
      email: ['E-mail address', 'The general one, for example office@…'],
      phone: ['Phone', 'With area code'],
      representedBy: ['Represented by', 'For example: the mayor, Max Muster'],
      supervision: ['Supervisory authority', 'Name and address'],
      dataProtection: ['Data protection officer', 'Name and how to reach them'],
      accessibility: ['Address for reporting barriers', 'Empty: the general e-mail address'],
    },
    save: 'Save',
    contactSaved: 'The details are saved.',
    own: 'own text',
    fromTemplate: 'from the template',
    textHint: 'An empty line separates paragraphs, “## ” begins a heading, “- ” an item of a list.',
    text: 'Text',
    saved: (page) => `Saved: ${page}.`,
    useTemplate: 'Use the template',
    templated: (page) => `${page} comes from the template again.`,
    look: 'View the page',
  },
};
