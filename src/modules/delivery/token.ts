import { constants, sign, verify } from 'node:crypto';
import { type Static, Type } from 'typebox';
import Schema from 'typebox/schema';
import { Failure } from '#platform/errors';
import type { PrivateKey, PublicKey } from './keys.ts';
import type { Problem } from './rules-problem.ts';
import type { Tags } from './rules-tags.ts';

/**
 * What is said of a submission: a security event token (RFC 8417) signed with PS512 (RFC 7518, 3.5), as the event log of FIT-Connect
 * has it (docs.fitko.de/fit-connect, “Ereignisse” and “SET-Erzeugung”). A delivery service says what was submitted to it, the receiver
 * what became of it.
 */

const events = 'https://schema.fitko.de/fit-connect/events/';
const kinds = {
  submit: `${events}submit-submission`,
  accept: `${events}accept-submission`,
  reject: `${events}reject-submission`,
} as const;
export type EventKind = keyof typeof kinds;

/** What the documentation names; a service in use takes only its own version, which is then said as it says it. */
const documentedSchema = 'https://schema.fitko.de/fit-connect/set-payload/1.0.0/set-payload.schema.json';
const schemaForm =
  /^https:\/\/schema\.fitko\.de\/fit-connect\/set-payload\/\d{1,3}\.\d{1,3}\.\d{1,3}\/set-payload\.schema\.json$/;

const signing = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
/** Longest token that is looked at, in characters. */
export const longestToken = 65_536;
/** Clocks may differ by so many seconds. */
const skewSeconds = 300;

const line = Type.String({ maxLength: 1_000 });
const tag = Type.String({ maxLength: 100 });
const Payload = Type.Object({
  $schema: Type.Optional(Type.String({ maxLength: 200 })),
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
      authenticationTags: Type.Optional(
        Type.Object({
          metadata: tag,
          data: Type.Optional(tag),
          attachments: Type.Optional(Type.Record(Type.String({ maxLength: 36 }), tag, { maxProperties: 200 })),
        }),
      ),
    }),
    { minProperties: 1, maxProperties: 1 },
  ),
});
type Payload = Static<typeof Payload>;

/** What a token is about. */
export type Subject = { readonly submission: string; readonly caseId: string };

export type NewEvent = Subject & {
  readonly id: string;
  readonly at: Date;
  /** Who says it: the id of the destination, or the address of the delivery service. */
  readonly issuer: string;
  readonly kind: EventKind;
  /** Null: nobody knows them. */
  readonly tags: Tags | null;
  readonly problems: readonly Problem[];
  /** The schema the delivery service has its tokens in; null: the documented one. */
  readonly schema: string | null;
};

/** Makes a token. */
export function signEvent(
  { kid, key }: PrivateKey,
  { id, at, issuer, kind, tags, problems, schema, ...about }: NewEvent,
): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const payload: Payload = {
    $schema: schema ?? documentedSchema,
    jti: id,
    iss: issuer,
    iat: Math.floor(at.getTime() / 1000),
    sub: `submission:${about.submission}`,
    txn: `case:${about.caseId}`,
    events: {
      [kinds[kind]]: {
        ...(kind === 'reject' && { problems: [...problems] }),
        ...(kind !== 'reject' && tags && { authenticationTags: tags as Payload['events'][string]['authenticationTags'] & {} }),
      },
    },
  };
  const said = `${encode({ typ: 'secevent+jwt', alg: 'PS512', kid })}.${encode(payload)}`;
  return `${said}.${sign('sha512', Buffer.from(said, 'ascii'), { key, ...signing }).toString('base64url')}`;
}

export type ReadEvent = {
  readonly id: string;
  readonly at: Date;
  /** Null: rightly signed, but nothing we know. */
  readonly kind: EventKind | null;
  readonly problems: readonly Problem[];
  readonly tags: Tags | null;
  /** Null: none of those there are. */
  readonly schema: string | null;
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

function readSigned(token: string, keys: readonly PublicKey[]): Payload {
  const [head = '', body = '', signature = '', ...more] = token.length <= longestToken ? token.split('.') : [];
  const header = readPart(head) as { typ?: unknown; alg?: unknown; kid?: unknown } | null;
  const found = keys.find(({ kid }) => kid === header?.kid);
  const isOurs = found && header?.typ === 'secevent+jwt' && header.alg === 'PS512' && more.length === 0;
  const bytes = Buffer.from(signature, 'base64url');
  if (!isOurs || bytes.toString('base64url') !== signature) throw refused();
  if (!verify('sha512', Buffer.from(`${head}.${body}`, 'ascii'), { key: found.key, ...signing }, bytes)) throw refused();
  const payload = readPart(body);
  if (!Schema.Check(Payload, payload)) throw refused();
  return payload;
}

const kindOf = (uri: string): EventKind | null =>
  (Object.keys(kinds) as EventKind[]).find((known) => kinds[known] === uri) ?? null;

/**
 * Reads a token that has to be signed with one of these keys and about this submission. Throws `invalid` for every other one: forged,
 * with another algorithm, of somebody else, about something else, from the future, from before it was announced.
 * @param expected `issuer`: who has to have said it; null: whoever has the key
 */
export function readEvent(
  token: string,
  keys: readonly PublicKey[],
  expected: Subject & { readonly issuer: string | null; readonly since: Date; readonly now: Date },
): ReadEvent {
  const { submission, caseId, issuer, since, now } = expected;
  const { $schema: schema, jti, iss, iat, sub, txn, events: said } = readSigned(token, keys);
  const at = new Date(iat * 1000);
  const isAbout = (issuer === null || iss === issuer) && sub === `submission:${submission}` && txn === `case:${caseId}`;
  const [early, late] = [since.getTime() - skewSeconds * 1000, now.getTime() + skewSeconds * 1000];
  if (!isAbout || at.getTime() < early || at.getTime() > late) throw refused();
  const [uri = '', event] = Object.entries(said)[0] ?? [];
  return {
    id: jti,
    at,
    kind: kindOf(uri),
    problems: event?.problems ?? [],
    tags: event?.authenticationTags ?? null,
    schema: schema !== undefined && schemaForm.test(schema) ? schema : null,
  };
}

/** What a token says it is, unverified: only to find out whether it is worth looking for the key. Null: it is none. */
export function peekAt(token: string): { readonly issuer: string; readonly kind: EventKind | null } | null {
  try {
    const payload = readPart(token.length <= longestToken ? (token.split('.')[1] ?? '') : '');
    if (!Schema.Check(Payload, payload)) return null;
    return { issuer: payload.iss, kind: kindOf(Object.keys(payload.events)[0] ?? '') };
  } catch {
    return null;
  }
}
