import type { Dictionary } from '#ui/view';

type UploadTexts = {
  running: (done: string, all: string) => string;
  over: (done: string) => string;
  failed: (count: string) => string;
  stopped: string;
  files: readonly [string, string];
  all: string;
  sent: (sent: string, all: string) => string;
  speed: (bytes: string) => string;
  left: (time: string) => string;
  seconds: (count: string) => string;
  minutes: (count: string) => string;
  hours: (count: string) => string;
  waiting: string;
  paused: string;
  done: string;
  skipped: string;
  offline: string;
  unknown: string;
  signIn: string;
  interrupted: (where: string) => string;
  mistaken: (size: string) => string;
  again: string;
  taken: (count: string) => string;
  takenOne: (name: string) => string;
  what: string;
  question: (names: string) => string;
  others: (names: string, count: string) => string;
  version: string;
  number: string;
  skip: string;
  more: (count: string) => string;
};

export const uploadTexts: Dictionary<UploadTexts> = {
  de: {
    running: (done, all) => `Hochladen: ${done} von ${all}`,
    over: (done) => `${done} hochgeladen`,
    failed: (count) => `${count} nicht hochgeladen`,
    stopped: 'Hochladen angehalten',
    files: ['Datei', 'Dateien'],
    all: 'Alle zusammen',
    sent: (sent, all) => `${sent} von ${all}`,
    speed: (bytes) => `${bytes} je Sekunde`,
    left: (time) => `noch etwa ${time}`,
    seconds: (count) => `${count} Sekunden`,
    minutes: (count) => `${count} Minuten`,
    hours: (count) => `${count} Stunden`,
    waiting: 'wartet',
    paused: 'angehalten',
    done: 'hochgeladen',
    skipped: 'ausgelassen',
    offline: 'Keine Verbindung. Was angekommen ist, bleibt; es geht von selbst weiter.',
    unknown: 'Das hat nicht geklappt. Was angekommen ist, bleibt einen Tag lang; versuchen Sie es noch einmal.',
    signIn: 'Sie sind nicht mehr angemeldet. Melden Sie sich in einem anderen Fenster an und versuchen Sie es dann noch einmal.',
    interrupted: (where) =>
      `Unterbrochen auf dem Weg nach „${where}“. Wählen Sie die Datei noch einmal aus, dann geht es weiter.`,
    mistaken: (size) => `Das war eine andere Datei. Gesucht ist die unveränderte Datei dieses Namens mit ${size}.`,
    again: 'Datei auswählen',
    taken: (count) => `${count} gibt es hier schon`,
    takenOne: (name) => `„${name}“ gibt es hier schon`,
    what: 'Was soll geschehen?',
    question: (names) => `${names}. Was soll geschehen?`,
    others: (names, count) => `${names} und ${count} weitere`,
    version: 'Als neue Version',
    number: 'Beide behalten',
    skip: 'Auslassen',
    more: (count) => `und ${count} weitere`,
  },
  en: {
    running: (done, all) => `Uploading: ${done} of ${all}`,
    over: (done) => `${done} uploaded`,
    failed: (count) => `${count} not uploaded`,
    stopped: 'Uploading paused',
    files: ['file', 'files'],
    all: 'All together',
    sent: (sent, all) => `${sent} of ${all}`,
    speed: (bytes) => `${bytes} per second`,
    left: (time) => `about ${time} left`,
    seconds: (count) => `${count} seconds`,
    minutes: (count) => `${count} minutes`,
    hours: (count) => `${count} hours`,
    waiting: 'waiting',
    paused: 'paused',
    done: 'uploaded',
    skipped: 'left out',
    offline: 'No connection. What has arrived stays; it goes on by itself.',
    unknown: 'That did not work. What has arrived stays for a day; please try again.',
    signIn: 'You are no longer signed in. Sign in in another window, then try again.',
    interrupted: (where) => `Interrupted on the way to “${where}”. Choose the file again, then it goes on.`,
    mistaken: (size) => `That was another file. What is needed is the unchanged file of this name with ${size}.`,
    again: 'Choose file',
    taken: (count) => `${count} are here already`,
    takenOne: (name) => `“${name}” is here already`,
    what: 'What should happen?',
    question: (names) => `${names}. What should happen?`,
    others: (names, count) => `${names} and ${count} more`,
    version: 'As a new version',
    number: 'Keep both',
    skip: 'Leave out',
    more: (count) => `and ${count} more`,
  },
};
