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
  'notifications.sealEnds': {
    de: 'Das Zertifikat, mit dem {name} Dokumente siegelt, endet am {on:day}. Bitte lassen Sie ein neues ausstellen; der Betrieb hinterlegt es.',
    en: 'The certificate with which {name} seals documents ends on {on:day}. Please have a new one issued; the operators put it in place.',
  },
  'notifications.sealEnded': {
    de: 'Das Zertifikat, mit dem {name} Dokumente gesiegelt hat, ist am {on:day} abgelaufen. Neue Dokumente tragen ein Siegel, das sich die Behörde selbst ausgestellt hat. Bitte lassen Sie ein neues Zertifikat ausstellen.',
    en: 'The certificate with which {name} sealed documents ended on {on:day}. New documents carry a seal the authority has issued to itself. Please have a new certificate issued.',
  },
  'notifications.wipeOrdered': {
    de: '{by} hat Ihrem Gerät „{device}“ den Zugriff genommen und lässt es seine Daten löschen. Hier bleibt alles erhalten. Haben Sie das Gerät noch, wenden Sie sich an Ihre Verwaltung.',
    en: '{by} has ended the access of your device “{device}” and has it remove its data. Everything stays here. If you still have the device, please ask your administration.',
  },
};
