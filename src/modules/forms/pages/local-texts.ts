import type { Dictionary } from '#ui/view';

/** Words of the pages on which a municipality sets what holds for it. */
export const localTexts = {
  de: {
    title: 'Formulare',
    lead: 'Welche Anträge Ihre Behörde online annimmt, und was bei ihr gilt. Eine Änderung gilt sofort, auch für angefangene Anträge.',
    own: 'Eigene Formulare',
    ...{ form: 'Formular', state: 'Stand', offered: 'wird angenommen', notOffered: 'wird nicht angenommen' },
    takes: 'Wir nehmen diesen Antrag online an',
    ...{ office: 'Bearbeitende Stelle', administrators: 'Nur die Verwalterinnen und Verwalter' },
    officeHint: 'Wer zu dieser Stelle gehört, sieht die eingegangenen Anträge.',
    ...{ values: 'Gebühren und Werte', standard: 'Vorgabe: {value}', questions: 'Freiwillige Fragen' },
    questionsLead: 'Was Sie abwählen, wird bei Ihnen nicht gefragt. Pflichtfragen bleiben.',
    texts: 'Eigene Texte',
    textsLead: 'Leer gelassen gilt der Text des Landes.',
    ...{ intro: 'Einleitung', german: 'Deutsch', english: 'Englisch', save: 'Speichern', saved: 'Gespeichert: {title}' },
    ...{ look: 'So sehen es die Bürgerinnen und Bürger', yes: 'Ja', no: 'Nein' },
  },
  en: {
    title: 'Forms',
    lead: 'Which applications your authority takes online, and what holds for it. A change holds at once, also for drafts.',
    own: 'Forms of our own',
    ...{ form: 'Form', state: 'Status', offered: 'is taken', notOffered: 'is not taken' },
    takes: 'We take this application online',
    ...{ office: 'Office that works on it', administrators: 'Only the administrators' },
    officeHint: 'Whoever belongs to this office sees the applications.',
    ...{ values: 'Fees and values', standard: 'Default: {value}', questions: 'Optional questions' },
    questionsLead: 'What you deselect is not asked by you. Required questions stay.',
    texts: 'Texts of your own',
    textsLead: 'Left empty, the text of the state holds.',
    ...{ intro: 'Introduction', german: 'German', english: 'English', save: 'Save', saved: 'Saved: {title}' },
    ...{ look: 'As citizens see it', yes: 'Yes', no: 'No' },
  },
} satisfies Dictionary<Readonly<Record<string, string>>>;
