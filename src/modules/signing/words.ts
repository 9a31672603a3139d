import type { Words } from '#platform/words';

/** What this room says: what happened, what it means for your data, what to do now. */
export const words: Words = {
  'signing.tooLarge': {
    de: 'Das Dokument wird zu groß ({part}), um es als PDF zu schreiben. Ihre Daten sind gespeichert. Bitte teilen Sie es auf.',
    en: 'The document becomes too large ({part}) to be written as PDF. Your data is stored. Please split it.',
  },
  'signing.certificateForm': {
    de: 'Das ist kein Zertifikat im Format PEM. Es wurde nichts geändert.',
    en: 'This is no certificate in the format PEM. Nothing was changed.',
  },
  'signing.keyForm': {
    de: 'Das ist kein geheimer Schlüssel im Format PEM, oder das Kennwort dazu stimmt nicht. Es wurde nichts geändert.',
    en: 'This is no secret key in the format PEM, or its passphrase is wrong. Nothing was changed.',
  },
  'signing.keyWeak': {
    de: 'Mit diesem Schlüssel kann hier nicht gesiegelt werden. Möglich sind RSA ab {bits} Bit und die Kurve P-256. Es wurde nichts geändert.',
    en: 'This key cannot seal here. Possible are RSA from {bits} bits on and the curve P-256. Nothing was changed.',
  },
  'signing.keyOther': {
    de: 'Der Schlüssel gehört nicht zu diesem Zertifikat. Es wurde nichts geändert.',
    en: 'The key does not belong to this certificate. Nothing was changed.',
  },
  'signing.certificateIssues': {
    de: 'Dieses Zertifikat ist zum Ausstellen anderer da, nicht zum Siegeln. Bitte stellen Sie das eigene an den Anfang der Datei. Es wurde nichts geändert.',
    en: 'This certificate is for issuing others, not for sealing. Please put the own one first into the file. Nothing was changed.',
  },
  'signing.certificateTime': {
    de: 'Dieses Zertifikat gilt noch nicht oder nicht mehr lange genug. Es wurde nichts geändert.',
    en: 'This certificate is not valid yet, or not for long enough. Nothing was changed.',
  },
  'signing.chainBroken': {
    de: 'Die Zertifikate gehören nicht zusammen: Jedes muss vom nächsten in der Datei ausgestellt sein. Es wurde nichts geändert.',
    en: 'The certificates do not belong together: each must be issued by the next one in the file. Nothing was changed.',
  },
  'signing.sealSince': {
    de: 'In diesem Augenblick wurde ein anderes Siegel angelegt. Es wurde nichts geändert. Bitte versuchen Sie es noch einmal.',
    en: 'Another seal was made at this moment. Nothing was changed. Please try again.',
  },
};
