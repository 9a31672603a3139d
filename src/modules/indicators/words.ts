import type { Words } from '#platform/words';

export const words: Words = {
  'indicators.pointsMissing': {
    de: 'Bitte wählen Sie eine der fünf Antworten. Es wurde nichts gespeichert. Sie können die Seite auch einfach verlassen.',
    en: 'Please choose one of the five answers. Nothing was stored. You can also just leave this page.',
  },
};
