import type { Words } from '#platform/words';

/** What this room says: what happened, what it means for your data, what to do now. */
export const words: Words = {
  'migration.noDirectory': {
    de: 'Das Verzeichnis {directory} gibt es nicht. Es wurde nichts übernommen.',
    en: 'There is no directory {directory}. Nothing was taken over.',
  },
  'migration.folderTooLarge': {
    de: 'Ein Ordner der Quelle hat mehr als {limit} Einträge. Er wurde nicht übernommen; bitte teilen Sie ihn auf.',
    en: 'A folder of the source has more than {limit} entries. It was not taken over; please split it.',
  },
  'migration.changedMeanwhile': {
    de: 'Die Datei wurde an der Quelle geändert, während sie gelesen wurde. Sie wurde nicht übernommen; der nächste Lauf holt sie nach.',
    en: 'The file changed at the source while it was read. It was not taken over; the next run will bring it.',
  },
  'migration.disabled': {
    de: 'Das Konto {address} ist gesperrt. Es wurde nichts übernommen; bitte geben Sie es vorher frei.',
    en: 'The account {address} is disabled. Nothing was taken over; please enable it first.',
  },
  'migration.noSpace': {
    de: 'Einen Bereich „{name}“, zu dem {address} gehört, gibt es nicht. Es wurde nichts übernommen; mit --make-space wird er angelegt.',
    en: 'There is no space “{name}” that {address} belongs to. Nothing was taken over; --make-space makes it.',
  },
  'migration.secretInAddress': {
    de: 'In der Adresse stehen Benutzername oder Passwort; dort liest sie jeder mit. Bitte nehmen Sie --credentials. Es wurde nichts übernommen.',
    en: 'The address has a user name or password in it, where everybody can read it. Please use --credentials. Nothing was taken over.',
  },
  'migration.notEncrypted': {
    de: 'Die Adresse beginnt nicht mit https: das Passwort ginge lesbar durch das Netz. Es wurde nichts übernommen.',
    en: 'The address does not begin with https: the password would cross the network readable. Nothing was taken over.',
  },
  'migration.badAddress': {
    de: '„{address}“ ist weder ein Verzeichnis noch eine Adresse, die mit https:// beginnt.',
    en: '“{address}” is neither a directory nor an address that begins with https://.',
  },
  'migration.redirectElsewhere': {
    de: 'Der Server verweist an {host}. Dorthin geht das Passwort nicht; bitte geben Sie die richtige Adresse an.',
    en: 'The server points to {host}. The password does not go there; please give the right address.',
  },
  'migration.redirectCircle': {
    de: 'Der Server verweist bei {path} immer weiter. Das Objekt wurde nicht übernommen.',
    en: 'The server keeps redirecting {path}. The object was not taken over.',
  },
  'migration.unreachable': {
    de: 'Der Server {host} antwortet nicht ({reason}). Was schon übernommen ist, bleibt; der nächste Lauf macht weiter.',
    en: 'The server {host} does not answer ({reason}). What was taken over stays; the next run goes on.',
  },
  'migration.refused': {
    de: 'Der Server verweigert {path} ({status}). Bitte prüfen Sie Benutzername und App-Passwort.',
    en: 'The server refuses {path} ({status}). Please check user name and app password.',
  },
  'migration.badAnswer': {
    de: 'Der Server antwortet auf {path} mit {status}. Das Objekt wurde nicht übernommen; der nächste Lauf versucht es wieder.',
    en: 'The server answers {path} with {status}. The object was not taken over; the next run tries again.',
  },
  'migration.badListing': {
    de: 'Das Verzeichnis, das der Server schickt, ist unbrauchbar: {detail}. Der Ordner wurde nicht übernommen.',
    en: 'The listing the server sends cannot be used: {detail}. The folder was not taken over.',
  },
  'migration.tooManyUsers': {
    de: 'Der Server hat mehr als {limit} Benutzer. Es wurde niemand angelegt; bitte nehmen Sie sie in Teilen als CSV-Datei.',
    en: 'The server has more than {limit} users. Nobody was made; please take them in parts as CSV files.',
  },
  'migration.otherLength': {
    de: 'Der Server hat {announced} Bytes angekündigt und andere geschickt. Die Datei wurde nicht übernommen; der nächste Lauf versucht es wieder.',
    en: 'The server announced {announced} bytes and sent others. The file was not taken over; the next run tries again.',
  },
  'migration.nothingHere': {
    de: 'Aus {source} wurde dorthin noch nichts übernommen.',
    en: 'Nothing was taken over from {source} to there yet.',
  },
  'migration.running': {
    de: 'In diesen Ordner wird gerade schon übernommen. Dieser Lauf hat nichts verändert. Bitte warten Sie, bis der andere fertig ist; was abgebrochen wurde, setzt der nächste fort.',
    en: 'Another import into this folder is running. This one has changed nothing. Please wait until the other one has ended; what was broken off is taken up by the next.',
  },
};
