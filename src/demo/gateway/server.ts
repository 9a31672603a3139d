import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readBody } from '../body.ts';
import { type Call, type Reply, type Spoken, speakForms, speakX } from './dialects.ts';
import { type Ledger, openLedger, type Transaction, type TransactionState } from './ledger.ts';
import { payPage } from './page.ts';

/**
 * A payment service to practise with: two languages (`/x` like XBezahldienste, `/f` signed forms), a page on which people play
 * paying, and every way in which such a service can fail. Tests and the demonstration use it; nothing else does.
 */
export type PracticeGateway = {
  /** `http://127.0.0.1:PORT`; the languages lie below it. */
  readonly url: string;
  readonly ledger: Ledger;
  /** Lets the next requests of a kind go wrong, one after the other. */
  failNext(call: Call, ...faults: readonly Fault[]): void;
  /** Takes back what was asked to go wrong and has not yet. */
  clearFaults(): void;
  /** Ends a transaction as if the person had; `cents` when another sum is paid than was asked for. */
  end(id: string, state: TransactionState, cents?: number): void;
  /** Requests that arrived, by kind. */
  readonly counts: Readonly<Record<Call, number>>;
  close(): Promise<void>;
};

/**
 * `lost`: done, but the answer never arrives. `unheard`: neither done nor answered. `silent`: done, and the connection stays open
 * without a word. `broken`: done, the answer is cut off in its middle. `error`: 500 without being done. `lostError`: 500 although
 * it is done. `garbage`: done, the answer cannot be read. `forged`: somebody else answers that it is paid. `elsewhere`: a redirect.
 */
export type Fault = 'lost' | 'unheard' | 'silent' | 'broken' | 'error' | 'lostError' | 'garbage' | 'forged' | 'elsewhere';

export type PracticeOptions = { readonly port?: number; readonly secret: string };

export async function openPracticeGateway({ port = 0, secret }: PracticeOptions): Promise<PracticeGateway> {
  const ledger = openLedger();
  const faults = new Map<Call, Fault[]>();
  const counts: Record<Call, number> = { start: 0, ask: 0, refund: 0, check: 0 };
  let url = '';
  const desk = { ledger, secret, pageOf: ({ key }: Transaction) => `${url}/pay/${key}` };

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname: path } = new URL(request.url ?? '/', 'http://here');
    const asked = {
      method: request.method ?? '',
      path,
      authorization: request.headers.authorization ?? '',
      body: await readBody(request),
    };
    const spoken = speakX(asked, desk) ?? speakForms(asked, desk);
    if (spoken) {
      counts[spoken.call] += 1;
      return give(response, spoken, faults.get(spoken.call)?.shift());
    }
    const transaction = ledger.byKey(/^\/pay\/([\w-]+)$/.exec(path)?.[1] ?? '');
    if (!transaction) return end(response, { status: 404, type: 'text/plain', body: 'Not found' });
    if (asked.method === 'POST') return play(response, transaction, new URLSearchParams(asked.body).get('do') ?? '');
    end(response, { status: 200, type: 'text/html; charset=utf-8', body: payPage(transaction) });
  };
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    ledger,
    counts,
    failNext: (call, ...more) => void faults.set(call, [...(faults.get(call) ?? []), ...more]),
    clearFaults: () => faults.clear(),
    end: (id, state, cents) => endTransaction(ledger.byId(id), state, cents),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function endTransaction(transaction: Transaction | undefined, state: TransactionState, cents?: number): void {
  if (!transaction) throw new Error('The practice payment service knows no such transaction.');
  transaction.state = state;
  if (state === 'paid') transaction.paidCents = cents ?? transaction.cents;
}

function end(response: ServerResponse, { status, type, body }: Reply): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
}

const failure: Reply = { status: 500, type: 'text/plain', body: 'error' };

const faultAnswers: Readonly<Record<Fault, (response: ServerResponse, spoken: Spoken) => void>> = {
  unheard: (response) => response.destroy(),
  error: (response) => end(response, failure),
  lost: (response, { answer }) => {
    answer();
    response.destroy();
  },
  silent: (_response, { answer }) => void answer(),
  lostError: (response, { answer }) => {
    answer();
    end(response, failure);
  },
  broken: (response, { answer }) => {
    const { status, type, body } = answer();
    response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
    response.write(body.slice(0, body.length / 2), () => response.destroy());
  },
  garbage: (response, { answer }) => {
    answer();
    end(response, { status: 200, type: 'text/html', body: '<h1>Wartungsarbeiten</h1>' });
  },
  forged: (response) => {
    const paid = {
      paymentInformation: { transactionId: 'x', status: 'PAYED' },
      paymentRequest: { requestId: 'x', grosAmount: 1 },
    };
    end(response, { status: 200, type: 'application/json', body: JSON.stringify(paid) });
  },
  elsewhere: (response) => {
    response.writeHead(302, { location: 'http://127.0.0.1:9/steal' }).end();
  },
};

function give(response: ServerResponse, spoken: Spoken, fault: Fault | undefined): void {
  if (fault) faultAnswers[fault](response, spoken);
  else end(response, spoken.answer());
}

/** Somebody pressed a button on the page: the transaction ends, the caller's server is told, the browser goes back. */
async function play(response: ServerResponse, transaction: Transaction, wish: string): Promise<void> {
  const states: Readonly<Record<string, TransactionState>> = { paid: 'paid', denied: 'denied', aborted: 'aborted' };
  const state = states[wish];
  if (state && transaction.state === 'new') endTransaction(transaction, state);
  if (transaction.noticeAddress) await fetch(transaction.noticeAddress, { method: 'POST' }).catch(() => {});
  response.writeHead(303, { location: transaction.returnAddress }).end();
}
