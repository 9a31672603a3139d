import type { Words } from '#platform/words';

/** What this room says: what happened, what it means for your data, what to do now. */
export const words: Words = {
  'forms.definitionForm': {
    de: 'Das Formular hat bei „{field}“ einen Fehler: {detail}. Es wurde nichts gespeichert.',
    en: 'The form has a mistake at “{field}”: {detail}. Nothing was saved.',
  },
  'forms.expressionForm': {
    de: 'Die Bedingung oder Berechnung bei „{field}“ ist nicht möglich: {detail}. Es wurde nichts gespeichert.',
    en: 'The condition or calculation at “{field}” is not possible: {detail}. Nothing was saved.',
  },
  'forms.overlayForm': {
    de: '„{field}“ lässt sich in diesem Formular nicht so einstellen ({detail}). Es wurde nichts gespeichert.',
    en: '“{field}” cannot be set like this in this form ({detail}). Nothing was saved.',
  },
};
