import type { Dictionary } from '#ui/view';

/** Files on their way. `{name}`, `{sent}` and `{all}` are filled in. */
const german = {
  sent: '{sent} von {all} sind da',
  waiting: 'wartet',
  saving: 'wird gespeichert',
  offline: 'Keine Verbindung. Was angekommen ist, bleibt; es geht von selbst weiter.',
  paused: 'angehalten; {sent} von {all} sind da',
  done: 'hochgeladen',
  cancelled: 'abgebrochen',
  failed: 'Das hat nicht geklappt. Bitte versuchen Sie es noch einmal.',
  holds: 'Es geht weiter, sobald alle Dateien da sind. Bitte lassen Sie diese Seite so lange offen.',
  pause: 'Anhalten',
  resume: 'Fortsetzen',
  cancel: 'Abbrechen',
  broken: 'Noch nicht ganz da: {sent} von {all}. Wählen Sie dieselbe Datei noch einmal aus, dann geht es dort weiter.',
};

export const attachTexts: Dictionary<typeof german> = {
  de: german,
  en: {
    sent: '{sent} of {all} are here',
    waiting: 'waits',
    saving: 'is being stored',
    offline: 'No connection. What has arrived stays; it goes on by itself.',
    paused: 'paused; {sent} of {all} are here',
    done: 'uploaded',
    cancelled: 'cancelled',
    failed: 'That did not work. Please try again.',
    holds: 'It goes on as soon as all files are here. Please leave this page open until then.',
    pause: 'Pause',
    resume: 'Resume',
    cancel: 'Cancel',
    broken: 'Not complete yet: {sent} of {all}. Choose the same file again, and it goes on from there.',
  },
};
