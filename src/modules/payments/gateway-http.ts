import { setTimeout as pause } from 'node:timers/promises';
import { answerOf, openRequest } from '#platform/outside';
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

async function sendOnce(
  access: GatewayAccess,
  { method, path, headers = {}, body }: Asking,
  milliseconds: number,
): Promise<Answer> {
  const url = new URL(`${access.address}${path}`);
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
  const sent = openRequest(url, {
    method,
    headers: { accept: 'application/json', ...headers, ...length },
    signal: AbortSignal.timeout(milliseconds),
    isPrivateFine: access.isPrivateFine,
  });
  const answer = answerOf(sent, largestAnswer);
  sent.end(body);
  const { status, type, body: said } = await answer;
  return { status, type, text: said.toString() };
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
