import type { Dictionary } from '#ui/view';

/** Kinds of questions as people call them, by the name the engine has for them. */
export const kindTexts = {
  de: {
    ...{
      text: 'Kurzer Text',
      longText: 'Langer Text',
      number: 'Zahl',
      money: 'Betrag in Euro',
      date: 'Datum',
      yesNo: 'Ja oder Nein',
    },
    ...{ choice: 'Eine Auswahl', several: 'Mehrere zur Auswahl', address: 'Anschrift', iban: 'Bankverbindung (IBAN)' },
    ...{ email: 'E-Mail-Adresse', phone: 'Telefonnummer', file: 'Datei (Nachweis)' },
  },
  en: {
    ...{
      text: 'Short text',
      longText: 'Long text',
      number: 'Number',
      money: 'Amount in euros',
      date: 'Date',
      yesNo: 'Yes or no',
    },
    ...{ choice: 'One choice', several: 'Several choices', address: 'Address', iban: 'Bank account (IBAN)' },
    ...{ email: 'E-mail address', phone: 'Phone number', file: 'File (evidence)' },
  },
} satisfies Dictionary<Readonly<Record<string, string>>>;

/** Named values of lists: forms of answers, kinds of files, levels of proof, comparisons, yes and no. */
export const choiceTexts = {
  de: {
    ...{ postcode: 'Postleitzahl', plate: 'Kennzeichen', digits: 'nur Ziffern', name: 'Name', chip: 'Chipnummer eines Tieres' },
    ...{ pdf: 'PDF', picture: 'Bilder', office: 'Text und Tabellen', plan: 'Baupläne (DWG, IFC)', yes: 'Ja', no: 'Nein' },
    ...{
      none: 'Keine Anmeldung',
      account: 'Konto',
      basic: 'Niveau niedrig',
      substantial: 'Niveau substanziell',
      high: 'Niveau hoch',
    },
    ...{
      is: 'ist',
      isNot: 'ist nicht',
      has: 'enthält',
      hasNot: 'enthält nicht',
      atLeast: 'ist mindestens',
      atMost: 'ist höchstens',
    },
    ...{
      before: 'liegt vor',
      after: 'liegt nach',
      ageAtLeast: 'Alter in Jahren ist mindestens',
      ageBelow: 'Alter in Jahren ist unter',
    },
    ...{ filled: 'ist beantwortet', notFilled: 'ist nicht beantwortet' },
    ...{ street: 'Straße', number: 'Hausnummer', town: 'Ort' },
    ...{ some: 'mindestens einen Eintrag', every: 'alle Einträge', noEntry: 'keinen Eintrag' },
  },
  en: {
    ...{ postcode: 'postcode', plate: 'number plate', digits: 'digits only', name: 'name', chip: 'chip number of an animal' },
    ...{ pdf: 'PDF', picture: 'pictures', office: 'text and tables', plan: 'building plans (DWG, IFC)', yes: 'Yes', no: 'No' },
    ...{ none: 'No sign-in', account: 'Account', basic: 'Level low', substantial: 'Level substantial', high: 'Level high' },
    ...{ is: 'is', isNot: 'is not', has: 'includes', hasNot: 'does not include', atLeast: 'is at least', atMost: 'is at most' },
    ...{ before: 'is before', after: 'is after', ageAtLeast: 'age in years is at least', ageBelow: 'age in years is below' },
    ...{ filled: 'is answered', notFilled: 'is not answered' },
    ...{ street: 'street', number: 'house number', town: 'town' },
    ...{ some: 'at least one entry', every: 'all entries', noEntry: 'no entry' },
  },
} satisfies Dictionary<Readonly<Record<string, string>>>;

/** What was done, for the history. */
export const stepTexts = {
  de: {
    ...{
      begin: 'Begonnen',
      addPage: 'Seite hinzugefügt: {about}',
      setPage: 'Seite geändert: {about}',
      movePage: 'Seite verschoben: {about}',
    },
    ...{ removePage: 'Seite entfernt: {about}', addField: 'Frage hinzugefügt: {about}', setField: 'Frage geändert: {about}' },
    ...{ moveField: 'Frage verschoben: {about}', removeField: 'Frage entfernt: {about}', setWhen: 'Bedingung geändert: {about}' },
    ...{
      setBasics: 'Angaben geändert',
      setFee: 'Gebühr geändert',
      placePage: 'Seite an eine andere Stelle gesetzt: {about}',
      placeField: 'Frage auf eine andere Seite gelegt: {about}',
      addItem: 'Posten der Gebühr hinzugefügt: {about}',
      addValue: 'Berechneten Wert hinzugefügt: {about}',
      setSum: 'Berechnung geändert: {about}',
      moveSum: 'Berechnung verschoben: {about}',
      removeSum: 'Berechnung entfernt: {about}',
      undo: 'Schritt rückgängig gemacht',
      restore: 'Fassung {about} wieder hergestellt',
    },
  },
  en: {
    ...{ begin: 'Begun', addPage: 'Page added: {about}', setPage: 'Page changed: {about}', movePage: 'Page moved: {about}' },
    ...{ removePage: 'Page removed: {about}', addField: 'Question added: {about}', setField: 'Question changed: {about}' },
    ...{ moveField: 'Question moved: {about}', removeField: 'Question removed: {about}', setWhen: 'Condition changed: {about}' },
    ...{ placePage: 'Page put in another place: {about}', placeField: 'Question put on another page: {about}' },
    ...{ addItem: 'Part of the fee added: {about}', addValue: 'Calculated value added: {about}' },
    ...{
      setSum: 'Calculation changed: {about}',
      moveSum: 'Calculation moved: {about}',
      removeSum: 'Calculation removed: {about}',
    },
    ...{ setBasics: 'Details changed', setFee: 'Fee changed', undo: 'Step taken back', restore: 'Edition {about} restored' },
  },
} satisfies Dictionary<Readonly<Record<string, string>>>;

/** Why something of a FIM schema was not taken over. */
export const leftTexts = {
  de: {
    ...{
      rule: 'Regel in freiem Text',
      pattern: 'eigenes Muster für die Antwort',
      codeList: 'Auswahlliste steht nicht im Schema',
    },
    ...{ repeat: 'Wiederholung in einer Wiederholung', order: 'fragt nach einer späteren Antwort' },
  },
  en: {
    ...{
      rule: 'rule in free text',
      pattern: 'pattern of its own for the answer',
      codeList: 'list of choices is not in the schema',
    },
    ...{ repeat: 'repetition within a repetition', order: 'asks about a later answer' },
  },
} satisfies Dictionary<Readonly<Record<string, string>>>;
