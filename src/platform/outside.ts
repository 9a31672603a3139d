import { lookup as lookUpName } from 'node:dns';
import { type ClientRequest, type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { ensure } from './errors.ts';
import { bareHost, isPrivate } from './networks.ts';

/**
 * Requests to services whose address somebody entered in a form: a tenant must not be able to look around in the operator's network,
 * and nothing an answer says can take our memory.
 */

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether a host is this machine. */
export const isLoopback = (host: string): boolean => loopback.test(host);

/** Longest address of a service, in characters. */
const longestAddress = 2_000;

/**
 * The base address of a service, without a slash at its end. Throws `invalid` with `code`: it has to be encrypted (except on this
 * machine, where only the operator can say so), and must carry neither a password nor a query.
 * @param isLocalFine whether a service on this machine is allowed: in demonstrations and tests
 */
export function checkServiceAddress(
  text: string,
  { isLocalFine, code, field }: { readonly isLocalFine: boolean; readonly code: string; readonly field: string },
): string {
  ensure(text.length <= longestAddress && URL.canParse(text), 'invalid', code, { field });
  const url = new URL(text);
  const isLocal = isLoopback(url.hostname);
  const isFine = url.protocol === 'https:' ? !isLocal || isLocalFine : url.protocol === 'http:' && isLocal && isLocalFine;
  const isBare = url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  ensure(isFine && isBare, 'invalid', code, { field });
  return url.href.replace(/\/+$/, '');
}

/** Nobody is there, or there is somebody we do not talk to. */
class Unreachable extends Error {}

/** Looks a name up, and refuses it when any of its addresses is private. The connection goes to what was checked. */
const publicLookup: LookupFunction = (name, options, done) => {
  lookUpName(name, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, '', 0);
    const [first] = addresses;
    if (!first || addresses.some(({ address }) => isPrivate(address))) return done(new Unreachable('private network'), '', 0);
    return options.all ? done(null, addresses) : done(null, first.address, first.family);
  });
};

export type OutsideRequest = {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly signal: AbortSignal;
  /** The operator allows this host also in a private network. */
  readonly isPrivateFine: boolean;
};

/** Begins a request; its body is still to be sent. Follows no redirect: what is secret goes to the given host only. */
export function openRequest(url: URL, { method, headers, signal, isPrivateFine }: OutsideRequest): ClientRequest {
  const host = bareHost(url.hostname);
  if (!isPrivateFine && isIP(host) !== 0 && isPrivate(host)) throw new Unreachable('private network');
  const guard = isPrivateFine ? {} : { lookup: publicLookup };
  const open = url.protocol === 'https:' ? requestSecure : requestPlain;
  return open(url, { method, headers, agent: false, signal, ...guard });
}

/** An answer, whole; its status may be any. */
export type OutsideAnswer = { readonly status: number; readonly type: string; readonly body: Buffer };

async function collect(answer: IncomingMessage, largest: number): Promise<OutsideAnswer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > largest) throw new Unreachable('answer too large');
    parts.push(part);
  }
  if (!answer.complete) throw new Unreachable('answer cut off');
  const { statusCode = 0, headers } = answer;
  return { status: statusCode, type: headers['content-type'] ?? '', body: Buffer.concat(parts) };
}

/**
 * The answer to a request, whole; to be asked for before its body is sent. Throws when there is none, when it is cut off or larger
 * than `largest` bytes.
 */
export function answerOf(sent: ClientRequest, largest: number): Promise<OutsideAnswer> {
  return new Promise((resolve, reject) => {
    sent.on('error', reject);
    sent.on('response', (answer) => collect(answer, largest).then(resolve, reject));
  });
}
