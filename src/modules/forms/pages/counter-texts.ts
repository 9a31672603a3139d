import type { Dictionary } from '#ui/view';
import type { IdentityProof } from '../rules-counter.ts';

export const counterTexts = {
  de: {
    ...{
      title: 'Am Schalter',
      tray: 'Eingang',
      choose: 'Antrag ausfüllen',
      none: 'Ihre Behörde nimmt noch keine Anträge online an.',
    },
    lead: 'Anträge für Menschen ausfüllen, die ins Haus kommen. Wen Sie bedienen und wie die Person sich ausgewiesen hat, steht beim Antrag und im Protokoll.',
    ...{
      lately: 'Zuletzt von mir',
      noLines: 'In den letzten Tagen haben Sie hier nichts ausgefüllt.',
      when: 'Begonnen',
      who: 'Für',
    },
    ...{ what: 'Antrag', state: 'Stand', open: 'angefangen', sent: 'abgesendet', correcting: 'wird berichtigt' },
    ...{ goOn: 'Weitermachen', paper: 'Beleg', look: 'Ansehen', act: 'Tun' },
    beginLead: 'Füllen Sie die Seiten gemeinsam aus. Am Ende liest die Person die Erklärung selbst und stimmt zu.',
    ...{
      served: 'Name der Person',
      servedHint: 'So, wie die Person sich genannt oder ausgewiesen hat.',
      begin: 'Antrag beginnen',
    },
    ...{ identity: 'Wie hat die Person sich ausgewiesen?', needs: 'Das braucht die Person', print: 'Drucken' },
    paperTitle: 'Beleg über Ihren Antrag',
    paperLead: 'Diesen Antrag haben wir für Sie am Schalter ausgefüllt und abgesendet.',
    ...{
      reference: 'Vorgangsnummer',
      sentAt: 'Abgesendet',
      office: 'Empfänger',
      servedBy: 'Bedient von',
      shown: 'Ausgewiesen durch',
    },
    ...{ fee: 'Gebühr', feeLater: 'wird noch festgesetzt', expected: 'Voraussichtlich entschieden bis', answers: 'Ihre Angaben' },
    link: 'Den Stand sehen Sie unter dieser Adresse. Wer sie hat, sieht Ihren Antrag. Bitte bewahren Sie diesen Beleg gut auf.',
    unpaid:
      'Die Gebühr ist noch nicht bezahlt. Der Antrag geht weiter, sobald sie da ist. Bezahlen können Sie unter der Adresse unten.',
    signature: 'Ich habe die Angaben geprüft und die Erklärung gelesen. Datum, Unterschrift:',
  },
  en: {
    ...{
      title: 'At the counter',
      tray: 'Tray',
      choose: 'Fill in an application',
      none: 'Your authority takes no applications online yet.',
    },
    lead: 'Fill in applications for people who come to the office. Whom you serve and how they showed who they are stands with the application and in the audit trail.',
    ...{ lately: 'Lately by me', noLines: 'You have not filled in anything here in the last days.', when: 'Begun', who: 'For' },
    ...{ what: 'Application', state: 'State', open: 'begun', sent: 'sent', correcting: 'being corrected' },
    ...{ goOn: 'Continue', paper: 'Paper', look: 'Look at it', act: 'Do' },
    beginLead: 'Fill in the pages together. At the end the person reads the declaration and agrees.',
    ...{ served: 'Name of the person', servedHint: 'As the person has said or shown it.', begin: 'Begin the application' },
    ...{ identity: 'How has the person shown who they are?', needs: 'What the person needs', print: 'Print' },
    paperTitle: 'Paper on your application',
    paperLead: 'We have filled in and sent this application for you at the counter.',
    ...{ reference: 'Reference number', sentAt: 'Sent', office: 'Recipient', servedBy: 'Served by', shown: 'Shown by' },
    ...{ fee: 'Fee', feeLater: 'has still to be set', expected: 'Decision expected by', answers: 'What you have said' },
    link: 'You see its status at this address. Whoever has it sees your application. Please keep this paper safe.',
    unpaid: 'The fee has not been paid yet. The application goes on as soon as it is there. You can pay at the address below.',
    signature: 'I have checked the answers and read the declaration. Date, signature:',
  },
} satisfies Dictionary<Readonly<Record<string, string>>>;

export const identityTexts: Dictionary<Readonly<Record<IdentityProof, string>>> = {
  de: {
    ...{ idCard: 'Personalausweis', passport: 'Reisepass', residenceTitle: 'Aufenthaltstitel' },
    ...{ known: 'persönlich bekannt', none: 'gar nicht (nicht nötig)' },
  },
  en: {
    ...{ idCard: 'identity card', passport: 'passport', residenceTitle: 'residence permit' },
    ...{ known: 'personally known', none: 'not at all (not needed)' },
  },
};
