import type { Words } from '#platform/words';

/** How it stands with a content: what that means, and what to do. */
export const words: Words = {
  'scanning.is.waiting': {
    de: 'Die Datei wird gerade auf Schadsoftware geprüft. Bitte versuchen Sie es in einer Minute noch einmal.',
    en: 'The file is being checked for malware. Please try again in a minute.',
  },
  'scanning.is.clean': { de: 'Geprüft, keine Schadsoftware gefunden.', en: 'Checked, no malware found.' },
  'scanning.is.infected': {
    de: 'In der Datei steckt Schadsoftware ({malware}). Sie wird an niemanden herausgegeben. Bitte lassen Sie sich das Dokument noch einmal schicken.',
    en: 'The file contains malware ({malware}). It is not handed out to anybody. Please ask for the document to be sent again.',
  },
  'scanning.is.noScanner': {
    de: 'Die Datei ist nicht auf Schadsoftware geprüft: Es ist kein Prüfprogramm eingerichtet. Öffnen Sie sie nur, wenn Sie dem Absender trauen.',
    en: 'The file has not been checked for malware: no scanner is set up. Open it only if you trust the sender.',
  },
  'scanning.is.unreachable': {
    de: 'Die Datei ist noch nicht geprüft: Das Prüfprogramm antwortet nicht. Die Prüfung wird von selbst wiederholt.',
    en: 'The file has not been checked yet: the scanner does not answer. The check is repeated by itself.',
  },
  'scanning.is.timeout': {
    de: 'Die Datei ist noch nicht geprüft: Die Prüfung hat zu lange gedauert. Sie wird von selbst wiederholt.',
    en: 'The file has not been checked yet: the check took too long. It is repeated by itself.',
  },
  'scanning.is.unclear': {
    de: 'Die Datei ist noch nicht geprüft: Das Prüfprogramm hat keine klare Antwort gegeben. Die Prüfung wird von selbst wiederholt.',
    en: 'The file has not been checked yet: the scanner gave no clear answer. The check is repeated by itself.',
  },
  'scanning.is.lenient': {
    de: 'Die Datei ist nicht geprüft: Das Prüfprogramm ist so eingestellt, dass es Verschlüsseltes durchlässt. Bitte sagen Sie Ihrer IT Bescheid.',
    en: 'The file has not been checked: the scanner is set up to let encrypted content pass. Please tell your IT department.',
  },
  'scanning.is.encrypted': {
    de: 'Die Datei ist verschlüsselt und kann deshalb nicht auf Schadsoftware geprüft werden. Bitten Sie um eine unverschlüsselte, oder öffnen Sie sie nur, wenn Sie dem Absender trauen.',
    en: 'The file is encrypted and therefore cannot be checked for malware. Ask for one that is not, or open it only if you trust the sender.',
  },
  'scanning.is.tooLarge': {
    de: 'Die Datei ist größer, als das Prüfprogramm annimmt, und deshalb nicht geprüft. Öffnen Sie sie nur, wenn Sie dem Absender trauen.',
    en: 'The file is larger than the scanner takes and has not been checked. Open it only if you trust the sender.',
  },
  'scanning.is.limits': {
    de: 'Die Datei ist so oft oder so stark gepackt, dass sie nicht ganz geprüft werden kann. Öffnen Sie sie nur, wenn Sie dem Absender trauen.',
    en: 'The file is packed so often or so tightly that it cannot be checked completely. Open it only if you trust the sender.',
  },
  'scanning.is.damaged': {
    de: 'Die gespeicherte Datei ist beschädigt und wird deshalb nicht geprüft und nicht ausgeliefert. Der Betrieb ist alarmiert.',
    en: 'The stored file is damaged and is therefore neither checked nor delivered. The operator has been alerted.',
  },
};
