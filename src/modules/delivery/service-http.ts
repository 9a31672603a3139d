import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Failure } from '#platform/errors';
import { answerOf, type OutsideAnswer, openRequest } from '#platform/outside';

/** A delivery service somewhere else, modelled on the submission interface of FIT-Connect (docs.fitko.de/fit-connect). */
export type ServiceAccess = {
  readonly address: string;
  readonly tokenAddress: string;
  readonly client: string;
  readonly secret: string;
  /** The operator allows these hosts also in a private network. */
  readonly isPrivateFine: (host: string) => boolean;
};

export type Asking = {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below the address, beginning with a slash; encoded. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: object;
  readonly stream?: { readonly bytes: AsyncIterable<Uint8Array>; readonly length: number };
  /** Statuses besides 2xx that are an answer and no refusal. */
  readonly expects?: readonly number[];
  /** Most bytes of the answer. */
  readonly largest?: number;
};

export type Answer = { readonly status: number; readonly body: Readonly<Record<string, unknown>> };

/** A delivery service one is known to for some minutes. */
export type Service = {
  ask(asking: Asking): Promise<Answer>;
  /** What lies at a path, while it comes. Throws as `ask`, also when it comes too slowly; whoever reads it counts the bytes. */
  read(path: string): AsyncGenerator<Uint8Array>;
};

const largestAnswer = 8_000_000;
const answerSeconds = 30;
/** A file may take longer: at least so many bytes a second are expected. */
const slowestBytes = 50_000;
/** What we fetch keeps one of few workers busy: it has to come faster, and never takes longer. */
const slowestFetchedBytes = 200_000;
const longestFetchSeconds = 300;

/** What makes sense to try again: the other side says that it is its own fault, or that we were too quick. */
const isPassing = (status: number) => status >= 500 || status === 429 || status === 408;

type Sending = {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly seconds: number;
  readonly body: string | AsyncIterable<Uint8Array> | null;
  readonly largest?: number;
};

async function sendOnce(
  { isPrivateFine }: ServiceAccess,
  { url, method, headers, seconds, body, largest = largestAnswer }: Sending,
): Promise<OutsideAnswer> {
  const signal = AbortSignal.timeout(seconds * 1_000);
  const sent = openRequest(url, { method, headers, signal, isPrivateFine: isPrivateFine(url.hostname) });
  const answer = answerOf(sent, largest);
  if (body === null || typeof body === 'string') sent.end(body ?? undefined);
  else {
    // The service may answer, and hang up, before everything was sent: then its answer counts.
    const fed = pipeline(body, sent).then(
      () => null,
      (error: unknown) => error,
    );
    return answer.catch(async (error: unknown) => {
      const ours = await fed;
      throw ours instanceof Failure ? ours : error;
    });
  }
  return answer;
}

/** Throws `unavailable`: nobody answered, or the service is not well. Our own failures while reading what is sent stay what they are. */
async function send(access: ServiceAccess, sending: Sending): Promise<OutsideAnswer> {
  const answer = await sendOnce(access, sending).catch((error: unknown) => {
    throw error instanceof Failure ? error : new Failure('unavailable', 'delivery.serviceSilent', {}, error);
  });
  checkWell(answer.status);
  return answer;
}

function checkWell(status: number): void {
  if (isPassing(status)) throw new Failure('unavailable', 'delivery.serviceUnwell', { status });
}

function checkTaken(status: number, expects: readonly number[] = []): void {
  if (status === 401 || status === 403) throw new Failure('conflict', 'delivery.serviceRefusesUs', { status });
  const isFine = (status >= 200 && status < 300) || expects.includes(status);
  if (!isFine) throw new Failure('conflict', 'delivery.serviceRefuses', { status });
}

/** Ends what comes slower than it may, or for too long. */
function watchPace() {
  const control = new AbortController();
  const begun = performance.now();
  let bytes = 0;
  const timer = setInterval(() => {
    const most = Math.min(longestFetchSeconds, answerSeconds + bytes / slowestFetchedBytes);
    if (performance.now() - begun > most * 1_000) control.abort();
  }, 1_000);
  const count = (more: number) => {
    bytes += more;
  };
  return { signal: control.signal, count, end: () => clearInterval(timer) };
}

async function* readOnce({ isPrivateFine }: ServiceAccess, url: URL, token: string): AsyncGenerator<Uint8Array> {
  const pace = watchPace();
  try {
    const headers = { accept: 'application/jose', authorization: `Bearer ${token}` };
    const sent = openRequest(url, { method: 'GET', headers, signal: pace.signal, isPrivateFine: isPrivateFine(url.hostname) });
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      sent.on('error', reject);
      sent.on('response', resolve);
      sent.end();
    });
    try {
      checkWell(answer.statusCode ?? 0);
      checkTaken(answer.statusCode ?? 0);
      for await (const part of answer as AsyncIterable<Buffer>) {
        pace.count(part.length);
        yield part;
      }
      if (!answer.complete) throw new Failure('unavailable', 'delivery.serviceSilent');
    } finally {
      sent.destroy();
    }
  } catch (error) {
    throw error instanceof Failure ? error : new Failure('unavailable', 'delivery.serviceSilent', {}, error);
  } finally {
    pace.end();
  }
}

function readJson({ body }: OutsideAnswer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body.toString() || '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** What is told to somebody who wants to be called: authenticated by its headers, not by a token. */
export type Call = { readonly headers: Readonly<Record<string, string>>; readonly body: string };

/** Throws `unavailable` when nobody answers, or the answer is no success. */
export async function callService(
  address: string,
  { headers, body }: Call,
  isPrivateFine: (host: string) => boolean,
): Promise<void> {
  const access = { address, tokenAddress: '', client: '', secret: '', isPrivateFine };
  const { status } = await send(access, {
    url: new URL(address),
    method: 'POST',
    body,
    seconds: answerSeconds,
    headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    largest: 65_536,
  });
  if (status < 200 || status > 299) throw new Failure('unavailable', 'delivery.serviceUnwell', { status });
}

/** RFC 6749, 4.4: access for a program that has a secret of its own. */
async function signIn(access: ServiceAccess): Promise<string> {
  const { client, secret, tokenAddress } = access;
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: client, client_secret: secret }).toString();
  const answer = await send(access, {
    url: new URL(tokenAddress),
    method: 'POST',
    body,
    seconds: answerSeconds,
    headers: {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(body),
    },
  });
  const { access_token: token } = readJson(answer);
  const isToken = answer.status === 200 && typeof token === 'string' && /^[\x21-\x7e]{1,8000}$/.test(token);
  if (!isToken) throw new Failure('conflict', 'delivery.serviceRefusesUs', { status: answer.status });
  return token;
}

/**
 * Signs in, and gives what can be asked there. Everything throws `unavailable` for what may pass, and `conflict` for what will
 * stay as it is: the service knows us no more (`serviceRefusesUs`) or does not take this (`serviceRefuses`).
 */
export async function openService(access: ServiceAccess): Promise<Service> {
  const token = await signIn(access);
  return {
    read: (path) => readOnce(access, new URL(`${access.address}${path}`), token),
    ask: async ({ method, path, headers = {}, json, stream, expects, largest }) => {
      const body = json ? JSON.stringify(json) : null;
      const length = stream?.length ?? (body === null ? null : Buffer.byteLength(body));
      const answer = await send(access, {
        url: new URL(`${access.address}${path}`),
        method,
        body: stream?.bytes ?? body,
        ...(largest !== undefined && { largest }),
        seconds: answerSeconds + Math.ceil((length ?? 0) / slowestBytes),
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${token}`,
          ...(body !== null && { 'content-type': 'application/json' }),
          ...(length !== null && { 'content-length': length }),
          ...headers,
        },
      });
      checkTaken(answer.status, expects);
      return { status: answer.status, body: readJson(answer) };
    },
  };
}
