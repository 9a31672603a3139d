import type { Words } from '#platform/words';

/** What this room says. */
export const words: Words = {
  'dav.xmlInvalid': {
    de: 'Das XML der Anfrage ist nicht in Ordnung ({detail}).',
    en: 'The XML of the request is not valid ({detail}).',
  },
  'dav.instructionsMany': {
    de: 'Eine Anfrage ändert höchstens {limit} Eigenschaften.',
    en: 'One request changes {limit} properties at most.',
  },
  'dav.ifInvalid': { de: 'Die Kopfzeile If ist nicht in Ordnung.', en: 'The If header is not valid.' },
  'dav.ifFailed': {
    de: 'Der erwartete Stand liegt nicht mehr vor. Es wurde nichts verändert. Bitte laden Sie neu.',
    en: 'The expected state is no longer there. Nothing was changed. Please reload.',
  },
  'dav.pathInvalid': { de: 'Die Adresse ist nicht in Ordnung ({detail}).', en: 'The address is not valid ({detail}).' },
  'dav.headerInvalid': { de: 'Die Kopfzeile {header} ist nicht in Ordnung.', en: 'The header {header} is not valid.' },
  'dav.destinationMissing': {
    de: 'Es fehlt das Ziel (Kopfzeile Destination).',
    en: 'The target is missing (header Destination).',
  },
  'dav.destinationInvalid': {
    de: 'Das Ziel (Kopfzeile Destination) ist keine Adresse.',
    en: 'The target (header Destination) is not an address.',
  },
  'dav.destinationElsewhere': { de: 'Das Ziel liegt auf einem anderen Server.', en: 'The target is on another server.' },
  'dav.sameResource': { de: 'Quelle und Ziel sind dasselbe.', en: 'Source and target are the same.' },
  'dav.parentMissing': {
    de: 'Den Ordner, in dem das liegen soll, gibt es nicht.',
    en: 'The folder this should be in does not exist.',
  },
  'dav.rootStays': { de: 'Das geht mit dem obersten Ordner nicht.', en: 'This is not possible with the top folder.' },
  'dav.bodyUnexpected': { de: 'Hier wird kein Inhalt erwartet.', en: 'No body is expected here.' },
  'dav.chunkName': {
    de: 'Teile eines Uploads heißen nach Zahlen und werden mit MOVE von „.file“ zusammengesetzt.',
    en: 'Chunks of an upload are named by numbers, and put together by a MOVE of “.file”.',
  },
  'dav.onlyVersionLabel': {
    de: 'An einer Version lässt sich nur die Bezeichnung ändern.',
    en: 'Only the name of a version can be changed.',
  },
  'dav.partialPut': {
    de: 'Teile einer Datei lassen sich so nicht überschreiben.',
    en: 'Parts of a file cannot be overwritten like this.',
  },
  'dav.ocsUnknown': {
    de: 'Diese Funktion gibt es hier nicht. Es wurde nichts verändert.',
    en: 'There is no such function here. Nothing was changed.',
  },
  'dav.depthInfinite': {
    de: 'Bitte lesen Sie Ordner einzeln (Depth 0 oder 1).',
    en: 'Please list folders one by one (Depth 0 or 1).',
  },
  'dav.reportUnknown': {
    de: 'Diese Auswertung gibt es hier nicht. Gefragt werden kann nach Favoriten und nach Schlagwörtern.',
    en: 'There is no such report here. Favourites and tags can be asked for.',
  },
  'dav.searchUnknown': {
    de: 'Danach lässt sich hier nicht suchen ({detail}).',
    en: 'This cannot be searched for here ({detail}).',
  },
};
