import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import type { Tx } from '#platform/db';
import { ensure } from '#platform/errors';
import { emit } from '#platform/events';
import { oneLine } from '#platform/text';
import { enrol } from './enrol.ts';
import { groupsChanged } from './events.ts';
import { authorize, tenantIn, thingOf } from './gate.ts';
import { peoplePermissions } from './rules.ts';
import { decodeText, parseCsv } from './rules-csv.ts';
import { groupLimits, judgeImport, type Known, type ReadRow, readImport, type Step, type Verdict } from './rules-import.ts';
import { unitNames } from './rules-unit.ts';
import { lockNames, readByAddress, takenAddresses, takenHandles, updateImported } from './store/account.ts';
import { ensureGroups, missingGroups, replaceMemberships } from './store/group.ts';
import { readUnits } from './store/unit.ts';
import { unitLimit } from './unit.ts';

export type { Verdict } from './rules-import.ts';

export type ImportInput = {
  readonly tenant?: number;
  /** The file as it is: UTF-8, UTF-16 with mark or Windows-1252; comma, semicolon or tab. */
  readonly csv: Uint8Array;
  /** Says what would happen and changes nothing. */
  readonly dryRun: boolean;
  /** Sends new people their invitation; default true. */
  readonly sendsMail?: boolean;
};

export type ImportReport = {
  readonly verdicts: readonly Verdict[];
  readonly counts: Readonly<Record<Verdict['verdict'], number>>;
  /** Columns that say nothing to us. */
  readonly ignored: readonly string[];
  /** Groups that are named and were not there: made with the first real run. */
  readonly newGroups: readonly string[];
};

/**
 * Takes people and their groups from a table: whoever is new is invited, whoever is there is brought up to date, nobody is
 * removed. Every row gets a verdict; a refused row names everything that is wrong with it
 * and does not stop the others. Groups that are named and missing are made; a
 * person with a groups column is afterwards in exactly these. All in one transaction.
 * Throws `invalid` for what is not such a table, `tooLarge` beyond 5,000 rows or with more new groups than it may make.
 */
export async function importPeople(ctx: Context, input: ImportInput): Promise<ImportReport> {
  const tenant = tenantIn(ctx, input);
  authorize(ctx.actor, 'manage', { tenant });
  const { rows, ignored } = readImport(parseCsv(decodeText(input.csv).replace(/^\ufeff/, '')), oneLine);
  return ctx.platform.db.write(tenant, async (tx) => {
    if (!input.dryRun) await lockNames(tx);
    const steps = judgeImport(rows, await whatIsKnown(tx, ctx, { tenant, rows }));
    const named = steps.flatMap(({ row }) => row?.groups ?? []);
    const newGroups = await missingGroups(tx, tenant, named);
    ensure(newGroups.length <= groupLimits.made, 'tooLarge', 'accounts.groupsMade', { limit: groupLimits.made });
    if (!input.dryRun) await apply(tx, ctx, { tenant, steps, sendsMail: input.sendsMail ?? true });
    return { ...summarise(steps), ignored, newGroups };
  });
}

function summarise(steps: readonly Step[]): Pick<ImportReport, 'verdicts' | 'counts'> {
  const counts = { created: 0, updated: 0, unchanged: 0, refused: 0 };
  for (const { verdict } of steps) counts[verdict.verdict] += 1;
  return { verdicts: steps.map(({ verdict }) => verdict), counts };
}

async function whatIsKnown(tx: Tx, ctx: Context, { tenant, rows }: { tenant: number; rows: readonly ReadRow[] }): Promise<Known> {
  const addresses = rows.flatMap(({ address }) => address ?? []);
  const people = new Map((await readByAddress(tx, tenant, addresses)).map((person) => [person.address, person]));
  const taken = await takenAddresses(tx, addresses);
  return {
    people,
    elsewhere: new Set([...taken].filter((address) => !people.has(address))),
    takenHandles: await takenHandles(
      tx,
      rows.flatMap(({ handle }) => handle ?? []),
    ),
    units: unitNames(await readUnits(tx, tenant, unitLimit)),
    mayManage: (roles) => peoplePermissions.may.manage(ctx.actor, { tenant, roles }),
  };
}

type Work = { readonly tenant: number; readonly steps: readonly Step[]; readonly sendsMail: boolean };

async function apply(tx: Tx, ctx: Context, { tenant, steps, sendsMail }: Work): Promise<void> {
  const created = steps.filter(({ verdict }) => verdict.verdict === 'created');
  const updated = steps.filter(({ verdict }) => verdict.verdict === 'updated');
  const newcomers = created.map(({ row, unit }) => ({
    address: row?.address ?? '',
    name: row?.name ?? '',
    handle: row?.handle ?? null,
    passwordHash: null,
    roles: [],
    unit,
    locale: row?.locale ?? ('de' as const),
  }));
  const enrolled = await enrol(tx, ctx, { tenant, newcomers, sendsMail });
  await updateImported(
    tx,
    tenant,
    updated.map(({ person, row, unit }) => ({ id: person?.id ?? 0, name: row?.name ?? '', unit, locale: row?.locale ?? null })),
  );
  const idOf = new Map(enrolled.map(({ address, account }) => [address, account]));
  const regrouped = ({ verdict }: Step) => verdict.verdict === 'created' || verdict.changes.includes('groups');
  await setGroups(tx, tenant, { steps: steps.filter(regrouped), idOf });
  const moved = updated.filter(({ verdict }) => verdict.changes.some((change) => change === 'groups' || change === 'unit'));
  await emit(tx, ctx, groupsChanged, { tenant, accounts: moved.map(({ person }) => person?.id ?? 0) });
  const entries = updated.map(({ person, verdict }) => ({
    action: 'accounts.import',
    thing: thingOf(person?.id ?? 0),
    details: { changes: verdict.changes },
  }));
  await audit(tx, ctx, [
    ...entries,
    { action: 'accounts.import', thing: `tenant:${tenant}`, details: { ...summarise(steps).counts } },
  ]);
}

/** Puts people into exactly the groups their rows name. */
async function setGroups(
  tx: Tx,
  tenant: number,
  { steps, idOf }: { steps: readonly Step[]; idOf: ReadonlyMap<string, number> },
): Promise<void> {
  const wanted = steps.flatMap(({ row, person }) => {
    const account = person?.id ?? idOf.get(row?.address ?? '');
    return row?.groups && account !== undefined ? [{ account, names: row.groups }] : [];
  });
  const names = [...new Set(wanted.flatMap((one) => one.names))];
  const groups = await ensureGroups(tx, tenant, names);
  const memberships = wanted.flatMap(({ account, names: own }) =>
    own.map((name) => ({ account, group: groups.get(name) as number })),
  );
  await replaceMemberships(tx, tenant, { accounts: wanted.map(({ account }) => account), memberships });
}
