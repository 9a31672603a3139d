import { ensure } from '#platform/errors';

/** The rule of NIST SP 800-63B and OWASP ASVS 6.2: length counts, composition does not, and what everybody tries first is refused. */
export type PasswordRule = {
  /** Fewest characters, a tenant's policy. */
  readonly least: number;
  /** Most characters. */
  readonly most: number;
  /** What a stranger knows of the person: address, name, handle. */
  readonly personal: readonly string[];
};

/** First guesses, in their plain lower-case spelling: words that people put a year and an exclamation mark behind. */
const commonWords = [
  ...['passwort', 'password', 'kennwort', 'geheim', 'secret', 'zugang', 'login', 'anmeldung', 'einloggen', 'hallo', 'hello'],
  ...['willkommen', 'welcome', 'admin', 'administrator', 'root', 'user', 'benutzer', 'gast', 'guest', 'test', 'tester', 'demo'],
  ...['temp', 'initial', 'start', 'neu', 'change', 'changeme', 'letmein', 'master', 'service', 'support', 'default', 'office'],
  ...['fruehling', 'sommer', 'herbst', 'winter', 'spring', 'summer', 'autumn', 'januar', 'februar', 'maerz', 'april', 'juni'],
  ...['juli', 'august', 'september', 'oktober', 'november', 'dezember', 'montag', 'dienstag', 'mittwoch', 'donnerstag'],
  ...[
    'freitag',
    'samstag',
    'sonntag',
    'schatz',
    'schatzi',
    'liebe',
    'ichliebedich',
    'iloveyou',
    'love',
    'baby',
    'engel',
    'mausi',
  ],
  ...['fussball', 'football', 'bayern', 'dortmund', 'schalke', 'hansa', 'union', 'werder', 'monkey', 'dragon', 'princess'],
  ...['superman', 'batman', 'starwars', 'pokemon', 'sunshine', 'shadow', 'computer', 'internet', 'server', 'cloud', 'windows'],
  ...['rathaus', 'stadt', 'gemeinde', 'landkreis', 'landratsamt', 'verwaltung', 'behoerde', 'buero', 'amt', 'buergermeister'],
  ...['deutschland', 'germany', 'thueringen', 'erfurt', 'weimar', 'jena', 'gera', 'berlin', 'hamburg', 'muenchen', 'rennsteig'],
  ...[
    'michael',
    'thomas',
    'andreas',
    'stefan',
    'daniel',
    'alexander',
    'jessica',
    'michelle',
    'nicole',
    'qwertz',
    'qwerty',
    'asdf',
  ],
  ...[
    'mustermann',
    'beispiel',
    'example',
    'abc',
    'xyz',
    'qay',
    'wsx',
    'edc',
    'und',
    'mein',
    'my',
    'the',
    'das',
    'der',
    'die',
    'ist',
    'is',
  ],
];

/** Rows people walk along: keyboards, digits, the alphabet. */
const rows = ['1234567890', 'qwertzuiop', 'qwertyuiop', 'asdfghjkl', 'yxcvbnm', 'zxcvbnm', 'abcdefghijklmnopqrstuvwxyz'];
const bothWays = rows.flatMap((row) => [row, [...row].reverse().join('')]);

const spelledOut: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
  '€': 'e',
};
const umlauts: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };

const plain = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[äöüß]/g, (letter) => umlauts[letter] ?? letter);
const respelled = (text: string) => text.replaceAll(/[013457@$!€]/g, (sign) => spelledOut[sign] ?? sign);

/** Length of the longest known piece that begins here; 0 when there is none. */
function knownPiece(text: string, start: number, words: readonly string[]): number {
  const rest = text.slice(start);
  const spelled = respelled(rest);
  const [repeated = ''] = /^(.)\1{2,}/.exec(rest) ?? [];
  const [again = ''] = /^(.{2,6}?)\1{2,}/.exec(rest) ?? [];
  const [year = ''] = /^(19|20)\d\d/.exec(rest) ?? [];
  const word = Math.max(
    0,
    ...words.filter((known) => spelled.startsWith(known) || rest.startsWith(known)).map(({ length }) => length),
  );
  return Math.max(word, walk(rest), repeated.length, again.length, year.length);
}

/** Length of a walk of at least three keys along one row. */
function walk(text: string): number {
  let length = 3;
  if (!bothWays.some((row) => row.includes(text.slice(0, 3))) || text.length < 3) return 0;
  while (length < text.length && bothWays.some((row) => row.includes(text.slice(0, length + 1)))) length += 1;
  return length;
}

/** Characters that are left when everything a guesser tries first is taken away; signs between words do not count. */
function unguessable(password: string, words: readonly string[]): number {
  const text = plain(password);
  let left = 0;
  for (let start = 0; start < text.length; ) {
    const known = knownPiece(text, start, words);
    if (known === 0 && /[\p{L}\p{N}]/u.test(text[start] ?? '')) left += 1;
    start += Math.max(1, known);
  }
  return left;
}

/** So many characters must be nobody's first guess. */
const leastUnguessable = 5;

const wordsOf = (personal: readonly string[]) =>
  personal.flatMap((text) => plain(text).split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length >= 3);

const field = 'password';

/** Refuses a password that is too short or too long. Throws `invalid`. */
export function checkPasswordLength(password: string, { least, most }: Pick<PasswordRule, 'least' | 'most'>): void {
  ensure([...password].length >= least, 'invalid', 'accounts.passwordTooShort', { field, least });
  ensure(password.length <= most, 'invalid', 'accounts.passwordTooLong', { field, most });
}

/** Refuses a password with the reason that helps to choose a better one. Throws `invalid`. */
export function checkPassword(password: string, rule: PasswordRule): void {
  checkPasswordLength(password, rule);
  ensure(unguessable(password, commonWords) >= leastUnguessable, 'invalid', 'accounts.passwordCommon', { field });
  // The sentence says “almost only your name or address”, so only these count here: a common word beside them is not theirs.
  ensure(unguessable(password, wordsOf(rule.personal)) >= leastUnguessable, 'invalid', 'accounts.passwordPersonal', { field });
}
