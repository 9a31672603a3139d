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
};

export type Answer = { readonly status: number; readonly body: Readonly<Record<string, unknown>> };

/** A delivery service one is known to for some minutes. */
export type Service = { ask(asking: Asking): Promise<Answer> };

const largestAnswer = 8_000_000;
const answerSeconds = 30;
/** A file may take longer: at least so many bytes a second are expected. */
const slowestBytes = 50_000;

/** What makes sense to try again: the other side says that it is its own fault, or that we were too quick. */
const isPassing = (status: number) => status >= 500 || status === 429 || status === 408;

type Sending = {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly seconds: number;
  readonly body: string | AsyncIterable<Uint8Array> | null;
};

async function sendOnce(
  { isPrivateFine }: ServiceAccess,
  { url, method, headers, seconds, body }: Sending,
): Promise<OutsideAnswer> {
  const signal = AbortSignal.timeout(seconds * 1_000);
  const sent = openRequest(url, { method, headers, signal, isPrivateFine: isPrivateFine(url.hostname) });
  const answer = answerOf(sent, largestAnswer);
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
  if (isPassing(answer.status)) throw new Failure('unavailable', 'delivery.serviceUnwell', { status: answer.status });
  return answer;
}

function readJson({ body }: OutsideAnswer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body.toString() || '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** RFC 6749, 4.4: access for a program that has a secret of its own. */
async function signIn(access: ServiceAccess): Promise<string> {
  const { client, secret, tokenAddress } = access;
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: client, client_secret: secret }).toString();
  const answer = await send(access, {
    ...{ url: new URL(tokenAddress), method: 'POST', body, seconds: answerSeconds },
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
    ask: async ({ method, path, headers = {}, json, stream, expects = [] }) => {
      const body = json ? JSON.stringify(json) : null;
      const length = stream?.length ?? (body === null ? null : Buffer.byteLength(body));
      const answer = await send(access, {
        ...{ url: new URL(`${access.address}${path}`), method, body: stream?.bytes ?? body },
        seconds: answerSeconds + Math.ceil((length ?? 0) / slowestBytes),
        headers: {
          ...{ accept: 'application/json', authorization: `Bearer ${token}` },
          ...(body !== null && { 'content-type': 'application/json' }),
          ...(length !== null && { 'content-length': length }),
          ...headers,
        },
      });
      const { status } = answer;
      if (status === 401 || status === 403) throw new Failure('conflict', 'delivery.serviceRefusesUs', { status });
      const isFine = (status >= 200 && status < 300) || expects.includes(status);
      if (!isFine) throw new Failure('conflict', 'delivery.serviceRefuses', { status });
      return { status, body: readJson(answer) };
    },
  };
}
