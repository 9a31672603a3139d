/** What is known of a content. Only `clean` means that the scanner has looked at all of it and found nothing. */
export type ScanState = 'waiting' | 'clean' | 'infected' | 'notScannable';

/** Why a content could not be looked at. */
export const obstacles = [
  'noScanner', // the operator has set none up
  'unreachable', // it is set up, and does not answer or broke off
  'timeout', // it took longer than it may
  'unclear', // it answered something nobody understands
  'lenient', // it is set up so that it passes what it has not looked into
  'encrypted', // nobody can look into it without its password
  'tooLarge', // larger than the scanner takes
  'limits', // packed so often, or unpacks to so much, that the scanner gave up
  'damaged', // our own stored bytes are not what was stored
] as const;

export type Obstacle = (typeof obstacles)[number];

/** What a scan says of a content. */
export type Scan = {
  readonly blob: string;
  /** Size in bytes and SHA-256 (hexadecimal) of the content, as they were when the scan was asked for. */
  readonly size: number;
  readonly sha256: string;
  /** What the caller calls it, such as `letter-attachment:17`. */
  readonly reference: string;
  readonly state: ScanState;
  /** Why it could not be looked at; null unless `notScannable`. */
  readonly obstacle: Obstacle | null;
  /** Name of what was found, as the scanner calls it; null unless `infected`. */
  readonly malware: string | null;
  /** Version of the scanner, number of its signature database and when that was made; of the last look, empty before it. */
  readonly engine: string;
  readonly signatures: string;
  readonly signaturesAt: Date | null;
  readonly requestedAt: Date;
  /** When it was looked at last, or last tried. */
  readonly scannedAt: Date | null;
};

/** The scanner's word on one content. */
export type Verdict =
  | { readonly state: 'clean' }
  | { readonly state: 'infected'; readonly malware: string }
  | { readonly state: 'notScannable'; readonly obstacle: Obstacle };

export const scanLimits = {
  /** Longest reference of a caller, in characters. */
  referenceCharacters: 200,
  /** A connection to the scanner stands after this, or it counts as absent. */
  connectSeconds: 5,
  /** Longest silence while it takes bytes or thinks; its own limit for one file (`MaxScanTime`) is 120 s. */
  quietSeconds: 150,
  /** One content may take so long altogether. */
  wholeSeconds: 3_600,
  /** Longest answer, in bytes. */
  answerBytes: 4_096,
  /** Bytes in one piece to the scanner; below clamd's own limit of a chunk. */
  pieceBytes: 262_144,
  /** After a failure the scanner is left alone for so long: a scanner that hangs must not hold up every other job. */
  pauseSeconds: 60,
  /** Contents that came in so long ago are looked at again when there are newer signatures. */
  againDays: 30,
  /** Contents taken up again at once, of one tenant. */
  step: 500,
};

const transient: readonly Obstacle[] = ['noScanner', 'unreachable', 'timeout', 'unclear', 'lenient'];

/** Whether another try can end differently: the reason lies with the scanner and not in the content. */
export function isTransient(obstacle: Obstacle | null): boolean {
  return obstacle !== null && transient.includes(obstacle);
}

const notScannable = (obstacle: Obstacle): Verdict => ({ state: 'notScannable', obstacle });

/** A name from outside, short and visible. */
const plainName = (name: string) => name.replaceAll(/[^\x21-\x7e]/g, '_').slice(0, 200);

/**
 * Reads clamd's answer to `zINSTREAM` (clamd(8): `stream: OK`, `stream: NAME FOUND`, `… ERROR`). Everything that is not word for
 * word one of them is `unclear`: an answer nobody understands must never pass for "clean".
 * @param answer without its closing NUL
 */
export function verdictOf(answer: string): Verdict {
  if (answer === 'stream: OK') return { state: 'clean' };
  if (answer === 'INSTREAM size limit exceeded. ERROR') return notScannable('tooLarge');
  const [, found] = /^stream: ([^\s]{1,500}) FOUND$/.exec(answer) ?? [];
  if (found === undefined) return notScannable('unclear');
  // clamd.conf(5), AlertEncrypted and AlertExceedsMax: no malware, but places it could not look into.
  if (found.startsWith('Heuristics.Encrypted.')) return notScannable('encrypted');
  if (found.startsWith('Heuristics.Limits.Exceeded')) return notScannable('limits');
  return { state: 'infected', malware: plainName(found) };
}

/** What a scanner says of itself. */
export type ScannerVersion = { readonly engine: string; readonly signatures: string; readonly signaturesAt: Date | null };

/** Reads clamd's answer to `zVERSION`: `ClamAV 1.4.6/27831/Sun Nov 22 08:24:11 2026`. Null when it is no such answer. */
export function versionOf(answer: string): ScannerVersion | null {
  const [, engine, signatures = '', made = ''] = /^ClamAV ([\w.+~-]{1,40})(?:\/(\d{1,12})\/(.{1,40}))?$/.exec(answer) ?? [];
  if (engine === undefined) return null;
  const time = Date.parse(`${made} UTC`);
  return { engine, signatures, signaturesAt: Number.isNaN(time) ? null : new Date(time) };
}
