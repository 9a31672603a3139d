import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asFailure, Failure, isUndone } from './errors.ts';
import { retryAfter, statusOf } from './http-status.ts';

/** All conditions of these classes that PostgreSQL 18 knows: https://www.postgresql.org/docs/18/errcodes-appendix.html */
const unwell = [
  ...['08000', '08003', '08006', '08001', '08004', '08007', '08P01'],
  ...['53000', '53200', '53300', '53400'],
  ...['57000', '57014', '57P01', '57P02', '57P03', '57P04', '57P05'],
  ...['58000', '58030', '58P01', '58P02', '58P03'],
  ...['25006', '25P03', '40001', '40P01', '55P03'],
];

const fromDatabase = (code: string) => Object.assign(new Error('says the database'), { code, severity: 'ERROR' });
const fromSystem = (code: string, syscall: string) => Object.assign(new Error('says the system'), { code, syscall, errno: -1 });

test('a database that is not well is nobody’s mistake: come again', () => {
  for (const code of unwell) {
    const failure = asFailure(fromDatabase(code));
    assert.deepEqual([failure.kind, statusOf[failure.kind], retryAfter(failure)], ['unavailable', 503, 2], code);
  }
  const full = asFailure(fromDatabase('53100'));
  assert.deepEqual([statusOf[full.kind], full.code], [507, 'platform.diskFull']);
});

test('our own mistakes stay ours', () => {
  for (const code of ['23505', '23503', '42P01', '42601', 'XX000', 'XX001', 'P0001'])
    assert.equal(asFailure(fromDatabase(code)).kind, 'internal', code);
  assert.equal(asFailure(new TypeError('undefined is not a function')).kind, 'internal');
});

test('a line that is dead, and a system out of handles or memory, is no mistake of ours either', () => {
  const cases = [
    ['ETIMEDOUT', 'read'],
    ['ETIMEDOUT', 'connect'],
    ['ECONNREFUSED', 'connect'],
    ['ECONNRESET', 'read'],
    ['EPIPE', 'write'],
    ['EHOSTUNREACH', 'connect'],
    ['EAI_AGAIN', 'getaddrinfo'],
    ['EMFILE', 'open'],
    ['EIO', 'fsync'],
  ] as const;
  for (const [code, call] of cases) assert.equal(asFailure(fromSystem(code, call)).kind, 'unavailable', code);
});

test('only what was refused, or what the database said, is known not to be done', () => {
  const undone = [
    new Failure('conflict', 'files.exists'),
    new Failure('quotaExceeded', 'files.spaceFull'),
    fromDatabase('23505'),
    fromDatabase('53100'),
    new TypeError('thrown in the middle of a transaction'),
  ];
  const unknown = [
    new Failure('unavailable', 'platform.unavailable'),
    fromDatabase('57P01'),
    fromSystem('ETIMEDOUT', 'read'),
    fromSystem('ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC', 'read'),
    Object.assign(new Error('of the driver'), { code: 'CONNECTION_CLOSED' }),
    asFailure(fromSystem('ENOTRECOVERABLE', 'read')),
  ];
  for (const error of undone) assert.equal(isUndone(error), true, error.message);
  for (const error of unknown) assert.equal(isUndone(error), false, error.message);
});
