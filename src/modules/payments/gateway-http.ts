import { lookup as lookUpName } from 'node:dns';
import { request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { type GatewayAccess, usualTiming } from './gateway.ts';

/** An answer, whole; its status may be any. */
export type Answer = { readonly status: number; readonly type: string; readonly text: string };

export type Asking = {
  readonly method: 'GET' | 'POST';
  /** Below the gateway's address, beginning with a slash; encoded. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

const largestAnswer = 262_144;

/** Networks nobody outside can reach (RFC 6890): a tenant must not be able to look around in the operator's. */
const privateNetworks = new BlockList();
for (const [net, bits] of [
  ...([
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
  ] as const),
  ...([
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
    ['224.0.0.0', 3],
  ] as const),
])
  privateNetworks.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  privateNetworks.addSubnet(net, bits, 'ipv6');

/** Whether an address lies in a private network; an IPv4 address in IPv6 clothes counts as what it is. */
export function isPrivate(address: string): boolean {
  const plain = address.replace(/^\[|\]$/g, '');
  const family = isIP(plain);
  return family === 0 || privateNetworks.check(plain, family === 6 ? 'ipv6' : 'ipv4');
}

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

function sendOnce(access: GatewayAccess, { method, path, headers = {}, body }: Asking, milliseconds: number): Promise<Answer> {
  const url = new URL(`${access.address}${path}`);
  const bare = url.hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve, reject) => {
    if (!access.isPrivateFine && isIP(bare) !== 0 && isPrivate(bare)) throw new Unreachable('private network');
    const sent = (url.protocol === 'https:' ? requestSecure : requestPlain)(url, {
      method,
      headers: {
        accept: 'application/json',
        ...headers,
        ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
      },
      agent: false,
      signal: AbortSignal.timeout(milliseconds),
      ...(access.isPrivateFine ? {} : { lookup: publicLookup }),
    });
    sent.on('error', reject);
    sent.on('response', (answer) => {
      const parts: Buffer[] = [];
      let size = 0;
      answer.on('data', (part: Buffer) => {
        size += part.length;
        parts.push(part);
        if (size > largestAnswer) answer.destroy(new Unreachable('answer too large'));
      });
      answer.on('error', reject);
      answer.on('aborted', () => reject(new Unreachable('answer cut off')));
      answer.on('end', () => {
        const type = answer.headers['content-type'] ?? '';
        resolve({ status: answer.statusCode ?? 0, type, text: Buffer.concat(parts).toString() });
      });
    });
    sent.end(body);
  });
}

/** What makes sense to ask again: nobody was there, or the other side says that it is its own fault. */
const isPassing = (status: number) => status >= 500 || status === 429 || status === 408;

/**
 * Sends a request and waits for the whole answer; asks again, the same, when there is none or the gateway is not well. Follows no
 * redirect: the secret goes to the configured host only. Null: no answer at all. Only for requests that may arrive twice.
 */
export async function send(access: GatewayAccess, asking: Asking): Promise<Answer | null> {
  const { answerMilliseconds, pausesMilliseconds } = access.timing ?? usualTiming;
  for (const wait of [...pausesMilliseconds, null]) {
    const answer = await sendOnce(access, asking, answerMilliseconds).catch(() => null);
    if (answer && !isPassing(answer.status)) return answer;
    if (wait === null) return answer;
    await pause(wait);
  }
  return null;
}
