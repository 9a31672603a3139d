import { attributeWords } from '#ui/attribute-words';

/** Words of showing who applies. */
const german = {
  title: 'Zeigen, wer Sie sind',
  lead: 'Für diesen Antrag muss die Verwaltung sicher wissen, wer ihn stellt.',
  law: 'Warum',
  taken: 'Ins Formular übernommen wird',
  nothing: 'nichts',
  attributes: attributeWords.de,
  begin: 'Mit {name} ausweisen',
  signIn: 'Am Postfach anmelden',
  none: 'Hier kann man sich nicht online ausweisen. Bitte wenden Sie sich an die Verwaltung: Sie füllt den Antrag mit Ihnen am Schalter aus.',
  kept: 'Ihre Angaben sind gespeichert. Danach geht es hier weiter.',
  back: 'Zurück zum Antrag',
  section: 'Nachweis, wer Sie sind',
  needed: 'Bevor Sie absenden, zeigen Sie bitte, wer Sie sind.',
  onward: 'Weiter zum Ausweisen',
};

export const proofTexts: { readonly de: typeof german; readonly en: typeof german } = {
  de: german,
  en: {
    title: 'Show who you are',
    lead: 'For this application the administration has to know for sure who makes it.',
    law: 'Why',
    taken: 'Taken over into the form',
    nothing: 'nothing',
    attributes: attributeWords.en,
    begin: 'Show it with {name}',
    signIn: 'Sign in to the mailbox',
    none: 'Here it cannot be shown online. Please contact the administration: it fills in the application with you at the counter.',
    kept: 'What you entered is stored. After that it goes on here.',
    back: 'Back to the application',
    section: 'Proof of who you are',
    needed: 'Before you send, please show who you are.',
    onward: 'Go on to show it',
  },
};
