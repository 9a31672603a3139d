/** Words of the page on which an authority decides how its pages look. */
const german = {
  title: 'Erscheinungsbild',
  lead: 'So erscheint Ihre Behörde auf allen Seiten, auch auf der Anmeldeseite.',
  nameAndColour: 'Name und Farbe',
  name: 'Name auf den Seiten',
  nameHint: 'Leer gelassen steht dort der amtliche Name.',
  colour: 'Farbe',
  colourHint:
    'Als #rrggbb. Sie muss so dunkel sein, dass weiße Schrift darauf gut lesbar ist; in der dunklen Darstellung wird sie von selbst heller. Leer: die Farbe des Systems.',
  colourPick: 'Farbe auswählen',
  preview: 'Vorschau',
  previewPlaces: ['Dateien', 'Bereiche', 'Papierkorb'],
  save: 'Speichern',
  saved: 'Das Erscheinungsbild ist gespeichert.',
  crest: 'Wappen',
  crestNow: 'Ihr jetziges Wappen',
  crestChoose: 'Bilddatei',
  crestHint: 'PNG, {least} bis {most} Bildpunkte breit und hoch, höchstens {bytes}.',
  crestSave: 'Wappen hochladen',
  crestRemove: 'Wappen entfernen',
};

export const brandingTexts = {
  de: german,
  en: {
    title: 'Appearance',
    lead: 'This is how your authority appears on all pages, also on the sign-in page.',
    nameAndColour: 'Name and colour',
    name: 'Name on the pages',
    nameHint: 'Left empty, the official name stands there.',
    colour: 'Colour',
    colourHint:
      'As #rrggbb. It must be dark enough that white text on it can be read well; in the dark appearance it becomes lighter by itself. Empty: the colour of the system.',
    colourPick: 'Choose a colour',
    preview: 'Preview',
    previewPlaces: ['Files', 'Spaces', 'Trash'],
    save: 'Save',
    saved: 'The appearance is saved.',
    crest: 'Crest',
    crestNow: 'Your present crest',
    crestChoose: 'Picture file',
    crestHint: 'PNG, {least} to {most} pixels wide and high, at most {bytes}.',
    crestSave: 'Upload crest',
    crestRemove: 'Remove crest',
  } satisfies typeof german,
};
