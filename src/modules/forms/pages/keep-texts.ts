import type { Dictionary } from '#ui/view';

/** What is said of answers that are kept while somebody types. `{time}` and `{reason}` are filled in. */
const german = {
  kept: 'Entwurf gespeichert',
  failing:
    'Der Entwurf ist noch nicht gespeichert: Seit {time} klappt das nicht. Bitte lassen Sie diese Seite offen. Wir versuchen es weiter.',
  stopped: 'Der Entwurf ist nicht gespeichert. {reason}',
  elsewhere:
    'Der Entwurf ist nicht gespeichert: Diese Seite wurde inzwischen in einem anderen Fenster geändert, und vorerst gilt, was dort steht. Mit „Weiter“ entscheiden Sie, ob Ihre Angaben hier gelten.',
};

export const keepTexts: Dictionary<typeof german> = {
  de: german,
  en: {
    kept: 'Draft saved',
    failing: 'The draft is not saved yet: it has not worked since {time}. Please leave this page open. We keep trying.',
    stopped: 'The draft is not saved. {reason}',
    elsewhere:
      'The draft is not saved: this page was changed in another window meanwhile, and for now that is what holds. With “Continue” you decide whether what stands here does.',
  },
};
