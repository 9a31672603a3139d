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
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now
  '53300', // too_many_connections
  '08006', // connection_failure
  '58030', // io_error: so the database says EIO
  'EIO', // the disk does not do what it is told
  'EROFS', // … and the system has stopped writing to it
  '42704', // undefined_object: app.tenant is not set on a connection that was just reopened; row-level security fails closed
]);

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
  if (unavailableCodes.has(code) || isRefusedSocket(error)) return new Failure('unavailable', 'platform.unavailable', {}, error);
  return new Failure('internal', 'platform.internal', {}, error);
}
