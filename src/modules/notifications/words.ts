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
};
