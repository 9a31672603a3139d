import type { Dictionary } from '#ui/view';
import type { Measure } from '../rules.ts';

export const measureTexts: Dictionary<Readonly<Record<Measure, string>>> = {
  de: {
    ...{ looked: 'Leistungsseite', visited: 'Besuche', started: 'begonnen', submitted: 'abgeschickt' },
    ...{ paid: 'bezahlt', decided: 'entschieden', withdrawn: 'zurückgezogen', askedBack: 'Nachfragen' },
    ...{ corrected: 'Eingabefehler', payFailed: 'Zahlungsfehler', rated: 'Bewertungen' },
  },
  en: {
    ...{ looked: 'service page', visited: 'visits', started: 'begun', submitted: 'sent' },
    ...{ paid: 'paid', decided: 'decided', withdrawn: 'withdrawn', askedBack: 'asked back' },
    ...{ corrected: 'input errors', payFailed: 'payment errors', rated: 'ratings' },
  },
};

export const indicatorTexts = {
  de: {
    ...{ title: 'Kennzahlen', lead: 'Wie die Online-Dienste genutzt werden. Ohne Namen, ohne Cookies, ohne Adressen.' },
    ...{ period: 'Zeitraum', year: 'die letzten zwölf Monate', service: 'Leistung', allServices: 'alle Leistungen' },
    ...{ authority: 'Behörde', allAuthorities: 'alle Behörden', show: 'Anzeigen', few: 'unter 5', all: 'alle zusammen' },
    ...{ use: 'Nutzung', quality: 'Qualität', days: 'Dauer in Tagen', completion: 'Abschluss in %' },
    ...{ satisfaction: 'Zufriedenheit', byMonth: 'Nach Monaten', byAuthority: 'Nach Behörden', month: 'Monat' },
    ...{
      chartVisits: 'Aufrufe der Leistungsseiten und Besuche der Anträge nach Monaten',
      chart: 'Begonnene und abgeschickte Anträge nach Monaten',
      chartHint: 'Dieselben Zahlen stehen in der Tabelle darunter.',
    },
    ...{ none: 'Noch keine Zahlen', noneHint: 'Sobald jemand einen Online-Dienst nutzt, stehen sie hier.' },
    ...{ csv: 'Tabelle (CSV)', json: 'Daten (JSON)', remarks: 'Rückmeldungen', downloads: 'Mitnehmen' },
    about:
      'Zahlen über Menschen sind auf fünf gerundet, und weniger als fünf werden nicht unterschieden: So weist keine Zahl auf eine einzelne Person. Dauer (vom Eingang bis zur Entscheidung) und Zufriedenheit (1 bis 5, 5 ist sehr zufrieden) sind Mittelwerte und erscheinen ab fünf Fällen. Leistungsseite zählt die Aufrufe der Seite über eine Leistung für den Ort, der dabei genannt war, Besuche die der ersten Seite eines Antrags, Eingabefehler zählen zurückgewiesene Seiten.',
    source: 'Die Auswahl folgt der DIN SPEC 66336 (April 2025), Abschnitt 5.12.',
    ...{
      remarksLead:
        'Was Menschen am Ende ihres Antrags geschrieben haben. Nichts davon führt zu einem Antrag oder einer Bewertung.',
    },
    ...{ noRemarks: 'Noch keine Rückmeldungen', noRemarksHint: 'Die Frage steht am Ende jedes Antrags.' },
    ...{ text: 'Text', remove: 'Entfernen', removed: 'Die Rückmeldung ist entfernt.', todo: 'Was ist zu tun?' },
  },
  en: {
    ...{ title: 'Indicators', lead: 'How the online services are used. Without names, cookies or addresses.' },
    ...{ period: 'Period', year: 'the last twelve months', service: 'Service', allServices: 'all services' },
    ...{ authority: 'Authority', allAuthorities: 'all authorities', show: 'Show', few: 'below 5', all: 'all together' },
    ...{ use: 'Use', quality: 'Quality', days: 'Duration in days', completion: 'Completed in %' },
    ...{ satisfaction: 'Satisfaction', byMonth: 'By month', byAuthority: 'By authority', month: 'Month' },
    chartVisits: 'Views of service pages and visits of forms, by month',
    ...{ chart: 'Applications begun and sent, by month', chartHint: 'The same numbers stand in the table below.' },
    ...{ none: 'No numbers yet', noneHint: 'They stand here as soon as somebody uses an online service.' },
    ...{ csv: 'Table (CSV)', json: 'Data (JSON)', remarks: 'What people wrote', downloads: 'Take along' },
    about:
      'Numbers of people are rounded to five, and fewer than five are not told apart: no number points at one person. Duration (from arrival to decision) and satisfaction (1 to 5, 5 is very satisfied) are means and are shown from five cases on. Service page counts views of the page about a service for the place that was named, visits those of the first page of a form; input errors are pages that were sent back.',
    source: 'The choice follows DIN SPEC 66336 (April 2025), section 5.12.',
    ...{ remarksLead: 'What people wrote at the end of their application. None of it leads to an application or a rating.' },
    ...{ noRemarks: 'Nothing yet', noRemarksHint: 'The question stands at the end of every application.' },
    ...{ text: 'Text', remove: 'Remove', removed: 'The text is removed.', todo: 'What can be done?' },
  },
} satisfies Dictionary<Readonly<Record<string, string>>>;

export const feedbackTexts = {
  de: {
    title: 'Wie zufrieden sind Sie?',
    lead: 'Die Antwort ist freiwillig und anonym. Sie hat keinen Einfluss auf Ihren Antrag, und niemand erfährt, wer sie gegeben hat.',
    ...{ about: 'Es geht um den Weg bis hierher:', legend: 'Wie zufrieden sind Sie mit diesem Online-Antrag?' },
    ...{ five: 'sehr zufrieden', four: 'zufrieden', three: 'teils, teils', two: 'unzufrieden', one: 'sehr unzufrieden' },
    text: 'Was können wir besser machen?',
    textHint:
      'Bitte schreiben Sie keine Namen und keine Angaben zu Ihrem Antrag: Was Sie hier schreiben, führt nicht zu Ihnen zurück.',
    ...{ send: 'Absenden', back: 'Zurück zum Antrag', thanks: 'Danke für Ihre Rückmeldung.', done: 'Mehr fragen wir nicht.' },
  },
  en: {
    title: 'How satisfied are you?',
    lead: 'Your answer is voluntary and anonymous. It does not influence your application, and nobody learns who gave it.',
    ...{ about: 'This is about the way up to here:', legend: 'How satisfied are you with this online application?' },
    ...{ five: 'very satisfied', four: 'satisfied', three: 'partly', two: 'dissatisfied', one: 'very dissatisfied' },
    text: 'What can we do better?',
    textHint: 'Please write no names and nothing about your case: what you write here does not lead back to you.',
    ...{ send: 'Send', back: 'Back to the application', thanks: 'Thank you for your answer.', done: 'We ask nothing more.' },
  },
} satisfies Dictionary<Readonly<Record<string, string>>>;
