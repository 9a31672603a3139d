import type { Words } from '#platform/words';

/** What this room says: what happened, what it means for your data, what to do now. */
export const words: Words = {
  'tenants.slugForm': {
    de: 'Das Kürzel darf nur aus Kleinbuchstaben a–z, Ziffern und Bindestrichen bestehen (höchstens 63 Zeichen).',
    en: 'The short name may only consist of small letters a–z, digits and hyphens (at most 63 characters).',
  },
  'tenants.legalMail': {
    de: 'Das ist keine E-Mail-Adresse. Bitte geben Sie eine wie poststelle@stadt.example an; es wurde nichts gespeichert.',
    en: 'This is not an e-mail address. Please give one like office@town.example; nothing was saved.',
  },
  'tenants.slugTaken': {
    de: 'Das Kürzel „{slug}“ ist schon vergeben. Bitte wählen Sie ein anderes.',
    en: 'The short name “{slug}” is already taken. Please choose another one.',
  },
  'tenants.slugUnknown': { de: 'Einen Mandanten „{slug}“ gibt es hier nicht.', en: 'There is no tenant “{slug}” here.' },
  'tenants.kindUnknown': {
    de: 'Bitte wählen Sie eine Art: Land, Landkreis, Gemeinde, Zweckverband oder Behörde.',
    en: 'Please choose a kind: state, district, municipality, consortium or authority.',
  },
  'tenants.parentUnknown': { de: 'Den übergeordneten Mandanten gibt es nicht.', en: 'The tenant above does not exist.' },
  'tenants.parentKind': {
    de: 'Unter diesem Mandanten kann einer dieser Art nicht stehen. Der erste Mandant muss der Dienstleister sein.',
    en: 'A tenant of this kind cannot stand below that one. The first tenant must be the provider.',
  },
  'tenants.childKind': {
    de: 'Unter diesem Mandanten stehen andere, die unter der neuen Art nicht stehen können. Es wurde nichts verändert.',
    en: 'There are tenants below this one that cannot stand below the new kind. Nothing was changed.',
  },
  'tenants.cycle': {
    de: 'Ein Mandant kann nicht unter sich selbst stehen. Es wurde nichts verändert.',
    en: 'A tenant cannot stand below itself. Nothing was changed.',
  },
  'tenants.tooDeep': {
    de: 'Die Hierarchie darf höchstens {limit} Ebenen haben.',
    en: 'The hierarchy may have at most {limit} levels.',
  },
  'tenants.providerExists': {
    de: 'Den Dienstleister gibt es schon; eine Instanz hat genau einen.',
    en: 'The provider exists already; an instance has exactly one.',
  },
  'tenants.providerStays': {
    de: 'Der Dienstleister kann nicht gesperrt werden: Niemand könnte die Sperre wieder aufheben.',
    en: 'The provider cannot be suspended: nobody could lift the suspension again.',
  },
  'tenants.already.suspended': { de: 'Dieser Mandant ist schon gesperrt.', en: 'This tenant is already suspended.' },
  'tenants.already.active': { de: 'Dieser Mandant ist nicht gesperrt.', en: 'This tenant is not suspended.' },
  'tenants.keyForm': {
    de: 'Der amtliche Schlüssel hat 8 Ziffern (AGS) oder 12 Ziffern (ARS) und beginnt mit dem Land, 01 bis 16.',
    en: 'The official key has 8 digits (AGS) or 12 digits (ARS) and begins with the state, 01 to 16.',
  },
  'tenants.keyTaken': {
    de: 'Das Gebiet mit dem amtlichen Schlüssel {key} gehört schon zu „{name}“. Der Schlüssel entscheidet, wer es pflegt; bitte prüfen Sie ihn. Es wurde nichts gespeichert.',
    en: 'The area with the official key {key} belongs to “{name}” already. The key decides who edits it; please check it. Nothing was saved.',
  },
  'tenants.quotaForm': {
    de: 'Bitte geben Sie das Kontingent als Zahl an, höchstens {limit:number} TB, oder lassen Sie es leer für unbegrenzt.',
    en: 'Please give the quota as a number, at most {limit:number} TB, or leave it empty for no limit.',
  },
  'tenants.hostForm': { de: '„{host}“ ist kein Rechnername.', en: '“{host}” is not a host name.' },
  'tenants.hostTaken': {
    de: 'Der Rechnername {host} gehört schon zu einem anderen Mandanten. Es wurde nichts verändert.',
    en: 'The host name {host} already belongs to another tenant. Nothing was changed.',
  },
  'tenants.tooManyHosts': {
    de: 'Ein Mandant kann höchstens {limit} Rechnernamen haben.',
    en: 'A tenant can have at most {limit} host names.',
  },
  'tenants.policyUnknown': { de: 'Eine Regel „{name}“ gibt es nicht.', en: 'There is no policy “{name}”.' },
  'tenants.policyBounds': {
    de: 'Der Wert muss eine ganze Zahl von {least} bis {most} sein.',
    en: 'The value must be a whole number from {least} to {most}.',
  },
  'tenants.policyChoice': {
    de: 'Bitte wählen Sie einen dieser Werte: {choices}.',
    en: 'Please choose one of these values: {choices}.',
  },
  'tenants.policyYesNo': { de: 'Bitte wählen Sie Ja oder Nein.', en: 'Please choose yes or no.' },
  'tenants.colourForm': {
    de: 'Bitte geben Sie die Farbe als #rrggbb an, zum Beispiel #1b5e20.',
    en: 'Please give the colour as #rrggbb, for example #1b5e20.',
  },
  'tenants.colourTooLight': {
    de: 'Weiße Schrift wäre auf dieser Farbe schwer zu lesen: Der Kontrast ist {ratio:number} : 1, nötig sind {least:number} : 1. Die nächste passende Farbe ist {suggestion}. Es wurde nichts gespeichert.',
    en: 'White text would be hard to read on this colour: the contrast is {ratio:number}:1, at least {least:number}:1 is needed. The nearest colour that fits is {suggestion}. Nothing was saved.',
  },
  'tenants.crestMissing': { de: 'Bitte wählen Sie eine Datei.', en: 'Please choose a file.' },
  'tenants.crestNoPng': {
    de: 'Diese Datei ist kein PNG-Bild. Es wurde nichts gespeichert.',
    en: 'This file is no PNG picture. Nothing was saved.',
  },
  'tenants.crestTooLarge': {
    de: 'Diese Datei ist zu groß: Ein Wappen hat höchstens {bytes:size}. Es wurde nichts gespeichert.',
    en: 'This file is too large: a crest has at most {bytes:size}. Nothing was saved.',
  },
  'tenants.crestPixels': {
    de: 'Dieses Bild ist {width} × {height} Bildpunkte groß. Ein Wappen ist {leastPixels} bis {mostPixels} Bildpunkte breit und hoch. Es wurde nichts gespeichert.',
    en: 'This picture has {width} × {height} pixels. A crest is {leastPixels} to {mostPixels} pixels wide and high. Nothing was saved.',
  },
  'tenants.crestInterlaced': {
    de: 'Dieses Bild ist mit Interlacing gespeichert. Bitte speichern Sie es ohne, und wählen Sie es noch einmal. Es wurde nichts gespeichert.',
    en: 'This picture is stored with interlacing. Please store it without, and choose it again. Nothing was saved.',
  },
  'tenants.crestDamaged': {
    de: 'Dieses Bild ist beschädigt oder nicht vollständig. Es wurde nichts gespeichert.',
    en: 'This picture is damaged or not complete. Nothing was saved.',
  },
};
