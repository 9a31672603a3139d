/** Words of the pages on which a person lets a programme in, or has a device wiped. */
const german = {
  title: 'Ein Programm möchte auf Ihre Dateien zugreifen',
  lead: 'Stimmen Sie nur zu, wenn Sie die Anmeldung gerade selbst auf Ihrem Gerät begonnen haben. Das Programm kann danach alles lesen und ändern, was Sie selbst unter „Dateien“ lesen und ändern können.',
  elsewhere:
    'Die Anfrage kommt aus einem anderen Netz als dem, in dem Sie gerade arbeiten. Hat Ihnen jemand diese Adresse geschickt, dann lehnen Sie bitte ab.',
  client: 'Programm',
  unknownClient: 'Unbekanntes Programm',
  network: 'Netzadresse',
  asked: 'Angefragt',
  account: 'Ihr Konto',
  name: 'Name für dieses Gerät',
  nameHint: 'Unter diesem Namen finden Sie es bei Ihren App-Passwörtern und können den Zugriff dort jederzeit beenden.',
  grant: 'Zugriff erlauben',
  refuse: 'Ablehnen',
  grantedTitle: 'Das Programm hat jetzt Zugriff',
  grantedLead: 'Es meldet sich in wenigen Sekunden von selbst an. Sie können dieses Fenster schließen.',
  refusedTitle: 'Sie haben abgelehnt',
  refusedLead: 'Das Programm hat keinen Zugriff bekommen. Sie können dieses Fenster schließen.',
  overview: 'Zu den App-Passwörtern',
  wipeTitle: 'Daten auf „{name}“ löschen?',
  wipeLead:
    'Für verlorene oder gestohlene Geräte. Der Zugriff endet sofort. Sobald sich das Programm das nächste Mal meldet, soll es alles löschen, was es von hier geladen hat. Hier bleibt alles erhalten.',
  wipeLimits:
    'Das befolgen die Nextcloud-Programme für Mobilgeräte und Rechner. Andere Programme und Netzlaufwerke verlieren nur den Zugriff, und was jemand schon kopiert hat, erreicht der Auftrag nicht.',
  wipe: 'Zugriff beenden und Daten löschen',
  cancel: 'Abbrechen',
  ordered: 'Das Löschen ist angeordnet. Der Zugriff ist beendet.',
};

export const deviceTexts = {
  de: german,
  en: {
    title: 'A programme wants to use your files',
    lead: 'Agree only if you have just begun this sign-in yourself on your device. The programme can then read and change whatever you can read and change under “Files”.',
    elsewhere:
      'The request comes from another network than the one you are working in. If somebody has sent you this address, please refuse.',
    client: 'Programme',
    unknownClient: 'Unknown programme',
    network: 'Network address',
    asked: 'Asked',
    account: 'Your account',
    name: 'Name of this device',
    nameHint: 'You find it under this name among your app passwords, and can end its access there at any time.',
    grant: 'Allow access',
    refuse: 'Refuse',
    grantedTitle: 'The programme has access now',
    grantedLead: 'It signs in by itself within a few seconds. You can close this window.',
    refusedTitle: 'You have refused',
    refusedLead: 'The programme was given no access. You can close this window.',
    overview: 'To the app passwords',
    wipeTitle: 'Remove the data on “{name}”?',
    wipeLead:
      'For devices that were lost or stolen. Access ends at once. When the programme comes the next time, it is told to remove everything it has loaded from here. Everything stays here.',
    wipeLimits:
      'The programmes of Nextcloud for phones and computers obey this. Other programmes and network drives only lose their access, and what somebody has copied already is out of reach.',
    wipe: 'End access and remove data',
    cancel: 'Cancel',
    ordered: 'The removal is ordered. Access has ended.',
  } satisfies typeof german,
};
