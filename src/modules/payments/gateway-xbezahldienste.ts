import type { Asked, Gateway, GatewayAccess, GatewayError, Order, Refused, Silent, Started } from './gateway.ts';
import { type Answer, send } from './gateway-http.ts';
import { centsOf, type Item, readDecimal, taxWithin } from './rules-money.ts';

/**
 * Modelled on XBezahldienste 1.0.0 (docs.fitko.de/xbezahldienste): paths, lengths, sums and error codes are the specification's;
 * names of fields are ours where its text was not at hand. It has no refunds: the treasury transfers by hand.
 */
export function openXBezahldienste(access: GatewayAccess): Gateway {
  const place = `${encodeURIComponent(access.originator)}/${encodeURIComponent(access.endpoint)}`;
  const headers = { authorization: `Bearer ${access.secret}` };
  const json = { ...headers, 'content-type': 'application/json' };
  return {
    start: async (order) => {
      const body = JSON.stringify(requestOf(order));
      return readStarted(await send(access, { method: 'POST', path: `/paymenttransaction/${place}`, headers: json, body }));
    },
    ask: async ({ request, transaction }) => {
      // Only the gateway's own id is asked for: without an answer to `start` there is nothing to name.
      if (transaction === null) return { kind: 'silent', why: 'no transaction id' };
      const path = `/paymenttransaction/${place}/${encodeURIComponent(transaction)}`;
      return readAsked(await send(access, { method: 'GET', path, headers }), { request, transaction });
    },
    refund: null,
    check: async () => {
      const answer = await send(access, { method: 'GET', path: `/status/${place}`, headers });
      if (answer?.status === 200) return 'ready';
      return answer && answer.status < 500 ? 'refused' : 'silent';
    },
  };
}

const euro = (cents: number) => cents / 100;

function itemOf(item: Item, index: number) {
  const total = centsOf(item);
  const tax = taxWithin(total, item.taxPercent);
  return {
    id: String(index + 1),
    description: item.text,
    quantity: item.quantity,
    taxRate: item.taxPercent,
    totalNetAmount: euro(total - tax),
    totalTaxAmount: euro(tax),
  };
}

/** "Gross amount at most 999,999 and equal to the items; purpose at most 27, description at most 250 characters; 1 to 99 items." */
function requestOf(order: Order) {
  return {
    requestId: order.request,
    requestTimestamp: order.at.toISOString(),
    currency: 'EUR',
    grosAmount: euro(order.cents),
    purpose: order.reference,
    description: order.purpose,
    redirectUrl: order.returnAddress,
    items: order.items.map(itemOf),
  };
}

const codes: readonly GatewayError[] = [
  ...(['NO_VALID_ORIGINATOR_OR_ENDPOINT', 'PAYMENT_EXISTS', 'CALCULATION_ERROR', 'BOOKING_DATA_MISSING'] as const),
  ...(['VALIDATION_ERROR', 'FORBIDDEN', 'UNSPECIFIED'] as const),
];

type Json = Readonly<Record<string, unknown>>;

function readJson({ text }: Answer): Json | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;
  } catch {
    return null;
  }
}

const silent = (why: string): Silent => ({ kind: 'silent', why });

/** RFC 9457: the code stands in `code`, or at the end of `type`. */
function refusalOf(answer: Answer): Refused {
  const problem = readJson(answer) ?? {};
  const said = [
    problem.code,
    problem.errorCode,
    String(problem.type ?? '')
      .split(/[/#:]/)
      .at(-1),
    problem.title,
  ];
  const code = codes.find((known) => said.includes(known));
  return { kind: 'refused', code: code ?? (answer.status === 403 ? 'FORBIDDEN' : 'UNSPECIFIED') };
}

const longestAddress = 2_082;

function isPayAddress(given: unknown): given is string {
  return typeof given === 'string' && given.length <= longestAddress && /^https?:$/.test(URL.parse(given)?.protocol ?? '');
}

function readStarted(answer: Answer | null): Started {
  if (!answer || answer.status >= 500) return silent(answer ? `status ${answer.status}` : 'no answer');
  if (answer.status >= 300) {
    const refusal = refusalOf(answer);
    return refusal.code === 'PAYMENT_EXISTS' ? { kind: 'exists' } : refusal;
  }
  const { paymentInformation: found = {} } = (readJson(answer) ?? {}) as { paymentInformation?: Json };
  const { transactionId, transactionUrl } = found;
  if (typeof transactionId !== 'string' || !/^[\w-]{1,100}$/.test(transactionId) || !isPayAddress(transactionUrl))
    return silent('unreadable answer');
  return { kind: 'started', transaction: transactionId, address: transactionUrl };
}

type Whole = { readonly paymentInformation?: Json; readonly paymentRequest?: Json };

function readAsked(answer: Answer | null, known: { request: string; transaction: string }): Asked {
  if (!answer || answer.status >= 500) return silent(answer ? `status ${answer.status}` : 'no answer');
  if (answer.status === 404) return { kind: 'gone' };
  if (answer.status >= 300) return refusalOf(answer);
  const { paymentInformation = {}, paymentRequest = {} } = (readJson(answer) ?? {}) as Whole;
  // An answer about something else is none, whoever sent it.
  const isAboutThis = paymentInformation.transactionId === known.transaction && paymentRequest.requestId === known.request;
  if (!isAboutThis) return silent('an answer about another transaction');
  const { status, paymentMethod } = paymentInformation;
  if (status === 'INITIAL') return { kind: 'pending' };
  if (status === 'FAILED') return { kind: 'declined' };
  if (status === 'CANCELED') return { kind: 'cancelled' };
  const cents = readDecimal(paymentRequest.grosAmount);
  if (status !== 'PAYED' || cents === null) return silent('unreadable status');
  return { kind: 'paid', cents, method: typeof paymentMethod === 'string' ? paymentMethod.slice(0, 40) : '' };
}
