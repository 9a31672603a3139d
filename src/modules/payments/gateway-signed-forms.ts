import { randomUUID } from 'node:crypto';
import { hmac, isSameSecret } from '#platform/crypto';
import type { Asked, Gateway, GatewayAccess, GatewayError, GivenBack, Order, Refused, Silent, Started } from './gateway.ts';
import { send } from './gateway-http.ts';

/**
 * The second shape, to prove the first: form posts signed with HMAC-SHA-256 in both directions, amounts in cents, transactions
 * named by our own id, refunds. Modelled on what municipal payment portals have in common, not on one of them.
 */
export function openSignedForms(access: GatewayAccess): Gateway {
  const ask = (path: string, fields: Fields) => askSigned(access, path, fields);
  return {
    start: async (order) => readStarted(await ask('/start', fieldsOf(order))),
    ask: async ({ request }) => readAsked(await ask('/state', { order: request })),
    refund: async ({ request }, refund) =>
      readGivenBack(await ask('/refund', { order: request, refund: refund.request, amount: String(refund.cents) })),
    check: async () => {
      const answer = await ask('/ping', {});
      if (answer.kind !== 'said') return answer.kind;
      return answer.fields.result === 'ok' ? 'ready' : 'refused';
    },
  };
}

type Fields = Readonly<Record<string, string>>;

/** An answer that is signed for the request it answers. */
type Said = { readonly kind: 'said'; readonly fields: Fields };

/** Names and values in the order of the names, each length first: `a=1` and `a=1&b=` can never sign the same text. */
export function signature(secret: string, fields: Fields): string {
  const parts = Object.keys(fields)
    .sort()
    .map((name) => `${name.length}:${name}=${fields[name]?.length ?? 0}:${fields[name]}`);
  return hmac(Buffer.from(secret), parts.join('&')).toString('hex');
}

/** Sends signed fields and believes the answer only when it is signed, and made for this very request. */
async function askSigned(access: GatewayAccess, path: string, fields: Fields): Promise<Said | Refused | Silent> {
  const nonce = randomUUID();
  const asked = { ...fields, merchant: access.originator, account: access.endpoint, nonce };
  const body = new URLSearchParams({ ...asked, sign: signature(access.secret, asked) }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/x-www-form-urlencoded' };
  const answer = await send(access, { method: 'POST', path, headers, body });
  if (!answer || answer.status >= 500) return silent(answer ? `status ${answer.status}` : 'no answer');
  if (answer.status === 403) return { kind: 'refused', code: 'FORBIDDEN' };
  const { sign = '', ...said } = Object.fromEntries(new URLSearchParams(answer.text));
  const isTheirs = isSameSecret(Buffer.from(signature(access.secret, said)), Buffer.from(sign));
  return isTheirs && said.nonce === nonce
    ? { kind: 'said', fields: said }
    : silent('an answer that is not signed for this request');
}

const silent = (why: string): Silent => ({ kind: 'silent', why });

const fieldsOf = (order: Order): Fields => ({
  order: order.request,
  amount: String(order.cents),
  currency: 'EUR',
  reference: order.reference,
  text: order.purpose,
  return: order.returnAddress,
  notify: order.noticeAddress,
  at: order.at.toISOString(),
});

const errors: Readonly<Record<string, GatewayError>> = {
  merchant: 'NO_VALID_ORIGINATOR_OR_ENDPOINT',
  amount: 'CALCULATION_ERROR',
  field: 'VALIDATION_ERROR',
  booking: 'BOOKING_DATA_MISSING',
};

const refusalOf = ({ code = '' }: Fields): Refused => ({ kind: 'refused', code: errors[code] ?? 'UNSPECIFIED' });

function readStarted(answer: Said | Refused | Silent): Started {
  if (answer.kind !== 'said') return answer;
  const said = answer.fields;
  if (said.result !== 'ok') return refusalOf(said);
  const { txn = '', url = '' } = said;
  const isFine = /^[\w-]{1,100}$/.test(txn) && url.length <= 2_082 && /^https?:$/.test(URL.parse(url)?.protocol ?? '');
  return isFine ? { kind: 'started', transaction: txn, address: url } : silent('unreadable answer');
}

function readAsked(answer: Said | Refused | Silent): Asked {
  if (answer.kind !== 'said') return answer;
  const said = answer.fields;
  if (said.result !== 'ok') return refusalOf(said);
  const { state, amount = '', method = '' } = said;
  if (state === 'new') return { kind: 'pending' };
  if (state === 'denied') return { kind: 'declined' };
  if (state === 'aborted') return { kind: 'cancelled' };
  if (state === 'timeout') return { kind: 'expired' };
  if (state === 'unknown') return { kind: 'gone' };
  return state === 'success' && /^\d{1,9}$/.test(amount)
    ? { kind: 'paid', cents: Number(amount), method: method.slice(0, 40) }
    : silent('unreadable status');
}

function readGivenBack(answer: Said | Refused | Silent): GivenBack {
  if (answer.kind !== 'said') return answer;
  const said = answer.fields;
  return said.result === 'ok' ? { kind: 'done' } : refusalOf(said);
}
