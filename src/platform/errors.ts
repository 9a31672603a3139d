/**
 * One error for the whole house: what kind it is, what was being done, and what caused it. Rooms throw kinds; only the edge
 * (`http.ts`) turns a kind into a status code and a code into words.
 */

/** What a caller can do about it. The edge has exactly one status code for each. */
export type Kind =
  | 'invalid' // the input is wrong; the same request will never work
  | 'unauthenticated' // nobody is signed in
  | 'forbidden' // signed in, may see the thing, may not do this
  | 'notFound' // does not exist, or may not be known to exist
  | 'conflict' // the state of the thing does not allow it now
  | 'precondition' // the caller named a state (ETag) that is no longer there
  | 'locked' // somebody holds a lock
  | 'tooLarge' // over a named limit
  | 'quotaExceeded' // no room left in the space, the tenant or on the disk
  | 'tooMany' // too often; carries how long to wait
  | 'unsupported' // a form, type or method we do not speak
  | 'unavailable' // the database or the store is away; try again soon
  | 'damaged' // stored bytes are not what was stored; an alarm, never wrong bytes
  | 'internal'; // our mistake

/** Values for the placeholders of a sentence: `{name}` in the words is replaced by `params.name`. */
export type Params = Readonly<Record<string, string | number>>;

/** Something the operator has to put right before we can start; the message is one sentence that says what. */
export class OperatorError extends Error {}

export class Failure extends Error {
  readonly kind: Kind;
  /** Key of the sentence people read, `room.what`, e.g. `files.nameTaken`. */
  readonly code: string;
  readonly params: Params;

  constructor(kind: Kind, code: string, params: Params = {}, cause?: unknown) {
    super(`${kind}: ${code}`, cause === undefined ? undefined : { cause });
    this.name = 'Failure';
    this.kind = kind;
    this.code = code;
    this.params = params;
  }
}

/** Throws when `condition` is false; the short form of check in check → decide → store → emit. */
export function ensure(condition: unknown, kind: Kind, code: string, params?: Params): asserts condition {
  if (!condition) throw new Failure(kind, code, params);
}

const unavailableCodes = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  '25006', // read_only_sql_transaction: the server has just become a standby
  '25P03', // idle_in_transaction_session_timeout
  '40001', // serialization_failure, after all our own tries
  '40P01', // deadlock_detected, likewise
  '55P03', // lock_not_available
  'ETIMEDOUT', // the line to the database or the store is dead, or a disk on the network
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EAI_AGAIN', // nobody tells us where the database is
  'EMFILE', // too many open files
  'ENFILE',
  'ENOMEM',
  'EIO', // the disk does not do what it is told
  'EROFS', // … and the system has stopped writing to it
  '42704', // undefined_object: app.tenant is not set on a connection that was just reopened; row-level security fails closed
]);

/**
 * Classes of errors (PostgreSQL, appendix A) in which the server itself is not well and nothing is wrong with what it was asked: 08
 * connection, 53 too little of something, 57 an operator or a limit stepped in, 58 the system below it failed.
 */
const unwellClasses = /^(?:08|53|57|58)[0-9A-Z]{3}$/;

/** What somebody sent is no number or text the database knows: NUL, half a character, `1.5` or forty digits for an id. */
const unreadableCodes = new Set(['22021', '22P02', '22P05', '22003']);

const fullCodes = new Set(['ENOSPC', 'EDQUOT', '53100']); // 53100: disk_full

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

/** The socket to the database or the store refused us; the same codes from a file operation mean something else. */
function isRefusedSocket(error: unknown): boolean {
  const call = typeof error === 'object' && error !== null && 'syscall' in error ? error.syscall : '';
  return call === 'connect' || (call === 'write' && codeOf(error) === 'EPIPE') || codeOf(error) === 'ECONNRESET';
}

/** Names what a driver or the file system threw: the database is away, the disk is full, or it is our mistake. */
export function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const code = codeOf(error);
  if (unreadableCodes.has(code)) return new Failure('invalid', 'platform.invalid', { detail: 'value' }, error);
  if (fullCodes.has(code)) return new Failure('quotaExceeded', 'platform.diskFull', {}, error);
  const isAway = unavailableCodes.has(code) || unwellClasses.test(code) || isRefusedSocket(error);
  if (isAway) return new Failure('unavailable', 'platform.unavailable', {}, error);
  return new Failure('internal', 'platform.internal', {}, error);
}

/**
 * Whether what a transaction was to do is certainly not done after this error: it was refused, or the database said that it failed.
 * When the line broke, or anything unheard of came from it, the answer to a commit may have been lost: then what the transaction
 * names must not be removed, and it must not be done again.
 */
export function isUndone(error: unknown): boolean {
  const { kind, cause } = asFailure(error);
  if (kind === 'unavailable') return false;
  return kind !== 'internal' || codeOf(cause) === '' || (typeof cause === 'object' && cause !== null && 'severity' in cause);
}
