import type { Words } from '#platform/words';

/** What this room says. */
export const words: Words = {
  'notifications.newDevice': {
    de: 'Neue Anmeldung an Ihrem Konto: {device}, Adresse {network}. Wenn Sie das nicht waren, beenden Sie die Sitzung und ändern Sie Ihr Passwort.',
    en: 'New sign-in to your account: {device}, address {network}. If this was not you, end the session and change your password.',
  },
  'notifications.unknownDevice': {
    de: 'Neue Anmeldung an Ihrem Konto von einem unbekannten Gerät, Adresse {network}. Wenn Sie das nicht waren, beenden Sie die Sitzung und ändern Sie Ihr Passwort.',
    en: 'New sign-in to your account from an unknown device, address {network}. If this was not you, end the session and change your password.',
  },
  'notifications.wipeOrdered': {
    de: '{by} hat Ihrem Gerät „{device}“ den Zugriff genommen und lässt es seine Daten löschen. Hier bleibt alles erhalten. Haben Sie das Gerät noch, wenden Sie sich an Ihre Verwaltung.',
    en: '{by} has ended the access of your device “{device}” and has it remove its data. Everything stays here. If you still have the device, please ask your administration.',
  },
};
