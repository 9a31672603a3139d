import type { Context } from '#platform/context';
import { csvCell } from '#platform/csv';
import { dayAt } from '#platform/day';
import { authorize } from './gate.ts';
import { outstanding } from './rules.ts';
import { euros } from './rules-money.ts';
import { type Movement, type PaymentLine, readMovements } from './store/list.ts';
import { firstMoment, lastMoment, listPayments } from './treasury.ts';

/**
 * Tables for the treasury's own books: CSV with semicolons in UTF-8 (RFC 4180, the mark for spreadsheets in front), amounts with a
 * comma, one movement a line. The formats of the treasuries' programmes are not public; this is what all of them can take.
 */

const pageSize = 500;
/** Lines of one table; a municipality has some thousands a year. */
const mostLines = 200_000;

const lineOf = (cells: readonly string[]) => `${cells.join(';')}\r\n`;

const openHead = [
  ...['Kassenzeichen', 'Name', 'Wofür', 'Stand', 'Betrag EUR', 'Eingegangen EUR', 'Erstattet EUR', 'Offen EUR'],
  ...['Angelegt am', 'Zahlbar bis', 'Fällig am', 'Erinnerungen', 'Vorgangsnummer'],
];

const stateWords: Readonly<Record<PaymentLine['state'], string>> = {
  awaitingFee: 'Gebühr steht noch nicht fest',
  open: 'offen',
  underWay: 'wird gerade bezahlt',
  disputed: 'zu klären',
  paid: 'bezahlt',
  refunded: 'erstattet',
  expired: 'abgelaufen',
  withdrawn: 'zurückgezogen',
};

function openCells(line: PaymentLine): string[] {
  return [
    ...[line.reference, line.debtorName, line.purpose, stateWords[line.state]].map(csvCell),
    ...[line.cents ?? 0, line.receivedCents, line.refundedCents, outstanding(line)].map(plainEuros),
    ...[dayAt(line.openedAt), line.expiresAt ? dayAt(line.expiresAt) : '', line.dueOn ?? '', String(line.reminders)],
    csvCell(line.thingName),
  ];
}

/** An amount without grouping: spreadsheets and treasuries read `1234,50`. */
const plainEuros = (cents: number) => euros(cents).replaceAll('.', '');

/** What is still owed, as a table. Throws `forbidden`. */
export async function openItemsCsv(ctx: Context): Promise<AsyncGenerator<Uint8Array>> {
  authorize(ctx.actor, 'read', { tenant: ctx.actor.tenant });
  return openItems(ctx);
}

async function* openItems(ctx: Context): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`\ufeff${lineOf(openHead)}`);
  let cursor: string | null = null;
  for (let given = 0; given < mostLines; given += pageSize) {
    const page: Awaited<ReturnType<typeof listPayments>> = await listPayments(ctx, {
      list: 'openItems',
      cursor,
      limit: pageSize,
    });
    yield Buffer.from(page.items.map((line) => lineOf(openCells(line))).join(''));
    if (page.next === null) return;
    cursor = page.next;
  }
}

const movementHead = [
  ...['Buchungstag', 'Art', 'Kassenzeichen', 'Betrag EUR', 'Name', 'Wofür', 'Verfahren', 'Zahlweg', 'Transaktion', 'Bemerkung'],
  'Vorgangsnummer',
];

/** What rooms above call what they ask money for; others stand as they say it. */
const kindWords: Readonly<Record<string, string>> = { submission: 'Antrag' };

function movementCells(movement: Movement): string[] {
  const { day, kind, reference, cents, transaction, method } = movement;
  const way = transaction ? `online${method && ` (${method})`}` : 'Überweisung';
  return [
    ...[day, kind === 'receipt' ? 'Eingang' : 'Erstattung', csvCell(reference), plainEuros(cents)],
    ...[
      movement.debtorName,
      movement.purpose,
      kindWords[movement.thingKind] ?? movement.thingKind,
      way,
      transaction ?? '',
      movement.note,
    ].map(csvCell),
    csvCell(movement.thingName),
  ];
}

export type Period = { readonly from: string; readonly to: string };

/**
 * Every movement of some days, both included, to compare with the accounts of bank and gateway: each receipt and each refund is one
 * line, with the reference and the gateway's own id. Throws `invalid`, `forbidden`.
 */
export async function reconciliationCsv(ctx: Context, { from, to }: Period): Promise<AsyncGenerator<Uint8Array>> {
  authorize(ctx.actor, 'read', { tenant: ctx.actor.tenant });
  return reconciliation(ctx, firstMoment(from, 'from'), lastMoment(to, 'to'));
}

async function* reconciliation(ctx: Context, since: Date, until: Date): AsyncGenerator<Uint8Array> {
  const { tenant } = ctx.actor;
  yield Buffer.from(`\ufeff${lineOf(movementHead)}`);
  let after = { at: new Date(0), kind: '', id: 0 };
  for (let given = 0; given < mostLines; given += pageSize) {
    const movements = await readMovements(ctx.platform.db.read(tenant), tenant, { since, until, after, limit: pageSize });
    yield Buffer.from(movements.map((movement) => lineOf(movementCells(movement))).join(''));
    const end = movements.at(-1);
    if (!end || movements.length < pageSize) return;
    after = end;
  }
}
