import { constants, sign, verify } from 'node:crypto';
import { type Static, Type } from 'typebox';
import Schema from 'typebox/schema';
import { Failure } from '#platform/errors';
import type { PrivateKey, PublicKey } from './keys.ts';
import type { Problem } from './rules-problem.ts';

/**
 * What a receiver says of a submission: a security event token (RFC 8417) signed with PS512 (RFC 7518, 3.5), modelled on the event
 * log of FIT-Connect.
 */

const events = 'https://schema.fitko.de/fit-connect/events/';
const kinds = { accept: `${events}accept-submission`, reject: `${events}reject-submission` } as const;
export type Verdict = keyof typeof kinds;

const signing = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
/** Longest token that is looked at, in characters. */
export const longestToken = 65_536;
/** Clocks may differ by so many seconds. */
const skewSeconds = 300;

const line = Type.String({ maxLength: 1_000 });
const Payload = Type.Object({
  jti: Type.String({ minLength: 8, maxLength: 100 }),
  iss: Type.String({ maxLength: 200 }),
  iat: Type.Integer({ minimum: 0 }),
  sub: Type.String({ maxLength: 100 }),
  txn: Type.String({ maxLength: 100 }),
  events: Type.Record(
    Type.String({ maxLength: 200 }),
    Type.Object({
      problems: Type.Optional(
        Type.Array(Type.Object({ type: line, title: line, detail: line, instance: line }), { maxItems: 100 }),
      ),
    }),
    { minProperties: 1, maxProperties: 1 },
  ),
});
type Payload = Static<typeof Payload>;

/** What a token has to be about. */
export type About = { readonly submission: string; readonly caseId: string; readonly issuer: string };

export type NewVerdict = About & {
  readonly id: string;
  readonly at: Date;
  readonly verdict: Verdict;
  readonly problems: readonly Problem[];
};

/** Makes a token. */
export function signVerdict({ kid, key }: PrivateKey, { id, at, verdict, problems, ...about }: NewVerdict): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const payload: Payload = {
    ...{ jti: id, iss: about.issuer, iat: Math.floor(at.getTime() / 1000) },
    ...{ sub: `submission:${about.submission}`, txn: `case:${about.caseId}` },
    events: { [kinds[verdict]]: verdict === 'reject' ? { problems: [...problems] } : {} },
  };
  const said = `${encode({ typ: 'secevent+jwt', alg: 'PS512', kid })}.${encode(payload)}`;
  return `${said}.${sign('sha512', Buffer.from(said, 'ascii'), { key, ...signing }).toString('base64url')}`;
}

export type ReadVerdict = {
  readonly id: string;
  readonly at: Date;
  /** Null: signed by the receiver, but no verdict. */
  readonly verdict: Verdict | null;
  readonly problems: readonly Problem[];
};

const refused = (cause?: unknown) => new Failure('invalid', 'delivery.tokenRefused', {}, cause);

function readPart(text: string): unknown {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.toString('base64url') !== text) throw refused();
  try {
    return JSON.parse(bytes.toString());
  } catch (error) {
    throw refused(error);
  }
}

function readSigned(token: string, { kid, key }: PublicKey): Payload {
  const [head = '', body = '', signature = '', ...more] = token.length <= longestToken ? token.split('.') : [];
  const header = readPart(head) as { typ?: unknown; alg?: unknown; kid?: unknown } | null;
  const isOurs = header?.typ === 'secevent+jwt' && header.alg === 'PS512' && header.kid === kid && more.length === 0;
  const bytes = Buffer.from(signature, 'base64url');
  if (!isOurs || bytes.toString('base64url') !== signature) throw refused();
  if (!verify('sha512', Buffer.from(`${head}.${body}`, 'ascii'), { key, ...signing }, bytes)) throw refused();
  const payload = readPart(body);
  if (!Schema.Check(Payload, payload)) throw refused();
  return payload;
}

/**
 * Reads a token that has to be of this receiver and about this submission. Throws `invalid` for every other one: forged, with
 * another algorithm, of somebody else, about something else, from the future, from before it was announced.
 */
export function readVerdict(
  token: string,
  key: PublicKey,
  { submission, caseId, issuer, since, now }: About & { readonly since: Date; readonly now: Date },
): ReadVerdict {
  const { jti, iss, iat, sub, txn, events: said } = readSigned(token, key);
  const at = new Date(iat * 1000);
  const isAbout = iss === issuer && sub === `submission:${submission}` && txn === `case:${caseId}`;
  const [early, late] = [since.getTime() - skewSeconds * 1000, now.getTime() + skewSeconds * 1000];
  if (!isAbout || at.getTime() < early || at.getTime() > late) throw refused();
  const [kind = '', event] = Object.entries(said)[0] ?? [];
  const verdict = (Object.keys(kinds) as Verdict[]).find((known) => kinds[known] === kind) ?? null;
  return { id: jti, at, verdict, problems: event?.problems ?? [] };
}
