import { createHmac } from 'node:crypto';
import { type Ledger, leftOf, type NewTransaction, type Transaction, type TransactionState } from './ledger.ts';

/** The two languages the practice payment service speaks, written from the descriptions and not from our adapters. */

export type Request = { readonly method: string; readonly path: string; readonly authorization: string; readonly body: string };
export type Reply = { readonly status: number; readonly type: string; readonly body: string };

/** Which fault can be asked for: see `server.ts`. */
export type Call = 'start' | 'ask' | 'refund' | 'check';

export type Spoken = { readonly call: Call; readonly answer: () => Reply };

export type Desk = { readonly ledger: Ledger; readonly secret: string; readonly pageOf: (transaction: Transaction) => string };

const json = (status: number, value: object): Reply => ({
  status,
  type: status < 400 ? 'application/json' : 'application/problem+json',
  body: JSON.stringify(value),
});

const problem = (status: number, code: string): Reply => json(status, { type: 'about:blank', title: code, status, code });

const xStates: Readonly<Record<TransactionState, string>> = {
  new: 'INITIAL',
  paid: 'PAYED',
  denied: 'FAILED',
  aborted: 'CANCELED',
  timeout: 'FAILED',
};

const centsIn = (value: unknown) => Math.round(Number(value) * 100);

type Ask = {
  readonly requestId?: string;
  readonly currency?: string;
  readonly grosAmount?: number;
  readonly purpose?: string;
  readonly description?: string;
  readonly redirectUrl?: string;
  readonly items?: readonly { readonly totalNetAmount?: number; readonly totalTaxAmount?: number }[];
};

/** What XBezahldienste 1.0.0 refuses; null: nothing. */
function faultOf(ask: Ask): string | null {
  const { requestId = '', currency, grosAmount = -1, purpose = '', description = '', redirectUrl = '', items = [] } = ask;
  if (!/^[\w-]{1,36}$/.test(requestId) || currency !== 'EUR' || redirectUrl.length > 2_082) return 'VALIDATION_ERROR';
  if (purpose.length < 1 || purpose.length > 27 || description.length > 250) return 'VALIDATION_ERROR';
  if (items.length < 1) return 'BOOKING_DATA_MISSING';
  if (items.length > 99 || !(grosAmount > 0) || grosAmount > 999_999) return 'VALIDATION_ERROR';
  const sum = items.reduce((total, item) => total + centsIn(item.totalNetAmount) + centsIn(item.totalTaxAmount), 0);
  return sum === centsIn(grosAmount) ? null : 'CALCULATION_ERROR';
}

function describe(transaction: Transaction, pageOf: Desk['pageOf']) {
  const { id, state, paidCents, cents, request } = transaction;
  const paymentInformation = { transactionId: id, transactionUrl: pageOf(transaction), status: xStates[state] };
  const paid = state === 'paid' ? { paymentMethod: 'CREDITCARD' } : {};
  const grosAmount = (state === 'paid' ? paidCents : cents) / 100;
  return { paymentInformation: { ...paymentInformation, ...paid }, paymentRequest: { requestId: request, grosAmount } };
}

const xPath = /^\/x\/(paymenttransaction|status)\/([\w-]{1,36})\/([\w-]{1,36})(?:\/([\w-]+))?$/;

/** Shaped like XBezahldienste. Null: this request is not in this language. */
export function speakX(request: Request, { ledger, secret, pageOf }: Desk): Spoken | null {
  const [, what, originator = '', endpoint = '', id] = xPath.exec(request.path) ?? [];
  if (!what) return null;
  const call: Call = what === 'status' ? 'check' : request.method === 'POST' ? 'start' : 'ask';
  const answer = (): Reply => {
    if (request.authorization !== `Bearer ${secret}`) return problem(403, 'FORBIDDEN');
    if (originator === 'unknown') return problem(400, 'NO_VALID_ORIGINATOR_OR_ENDPOINT');
    const place = `${originator}/${endpoint}`;
    if (call === 'check') return json(200, {});
    if (call === 'start') return startX(place, JSON.parse(request.body) as Ask);
    const found = ledger.byId(id ?? '');
    return found?.place === place ? json(200, describe(found, pageOf)) : problem(404, 'UNSPECIFIED');
  };
  const startX = (place: string, ask: Ask): Reply => {
    const fault = faultOf(ask);
    if (fault) return problem(400, fault);
    const { requestId = '', grosAmount, purpose = '', description = '', redirectUrl = '' } = ask;
    const wanted: NewTransaction = {
      place,
      request: requestId,
      cents: centsIn(grosAmount),
      reference: purpose,
      text: description,
      returnAddress: redirectUrl,
      noticeAddress: null,
    };
    const { transaction, isNew } = ledger.make(wanted);
    return isNew ? json(201, describe(transaction, pageOf)) : problem(409, 'PAYMENT_EXISTS');
  };
  return { call, answer };
}

const formStates: Readonly<Record<TransactionState, string>> = {
  new: 'new',
  paid: 'success',
  denied: 'denied',
  aborted: 'aborted',
  timeout: 'timeout',
};

type Fields = Readonly<Record<string, string>>;

function sign(secret: string, fields: Fields): string {
  const names = Object.keys(fields).sort();
  const text = names.map((name) => `${name.length}:${name}=${fields[name]?.length}:${fields[name]}`).join('&');
  return createHmac('sha256', secret).update(text).digest('hex');
}

const formCalls: Readonly<Record<string, Call>> = {
  '/f/start': 'start',
  '/f/state': 'ask',
  '/f/refund': 'refund',
  '/f/ping': 'check',
};

/** Signed forms. Null: this request is not in this language. */
export function speakForms(request: Request, desk: Desk): Spoken | null {
  const call = formCalls[request.path];
  if (!call || request.method !== 'POST') return null;
  const { sign: given, ...fields } = Object.fromEntries(new URLSearchParams(request.body));
  const answer = (): Reply => {
    if (given !== sign(desk.secret, fields)) return { status: 403, type: 'text/plain', body: 'sign' };
    const said: Fields = { ...formAnswer(call, fields, desk), nonce: fields.nonce ?? '' };
    const body = new URLSearchParams({ ...said, sign: sign(desk.secret, said) }).toString();
    return { status: 200, type: 'application/x-www-form-urlencoded', body };
  };
  return { call, answer };
}

const no = (code: string): Fields => ({ result: 'error', code });

function formAnswer(call: Call, fields: Fields, { ledger, pageOf }: Desk): Fields {
  const { merchant = '', account = '', order = '', amount = '' } = fields;
  if (merchant === 'unknown') return no('merchant');
  if (call === 'check') return { result: 'ok' };
  const place = `${merchant}/${account}`;
  if (call === 'start') {
    const { reference = '', text = '', return: returnAddress = '', notify = '' } = fields;
    if (!/^[\w-]{1,36}$/.test(order) || reference.length > 27 || text.length > 250 || returnAddress.length > 2_082)
      return no('field');
    if (!/^[1-9]\d{0,7}$/.test(amount)) return no('amount');
    const wanted = { place, request: order, cents: Number(amount), reference, text, returnAddress, noticeAddress: notify };
    const { transaction } = ledger.make(wanted);
    return { result: 'ok', txn: transaction.id, url: pageOf(transaction) };
  }
  const found = ledger.byRequest(place, order);
  if (call === 'refund') return found ? giveBack(found, fields.refund ?? '', Number(amount)) : no('field');
  if (!found) return { result: 'ok', state: 'unknown' };
  const paid: Fields = found.state === 'paid' ? { amount: String(found.paidCents), method: 'GIRO' } : {};
  return { result: 'ok', state: formStates[found.state], ...paid };
}

function giveBack(transaction: Transaction, refund: string, cents: number): Fields {
  if (transaction.refunds.has(refund)) return transaction.refunds.get(refund) === cents ? { result: 'ok' } : no('amount');
  if (!(cents > 0) || cents > leftOf(transaction)) return no('amount');
  transaction.refunds.set(refund, cents);
  return { result: 'ok' };
}
