import * as files from '#modules/files';
import * as tenants from '#modules/tenants';
import { type Platform, systemContext } from '../platform/context.ts';
import type { Call, Command, Outcome } from './command.ts';

type Counts = files.CheckReport['counts'];

/** What a check of the whole instance found. */
export type Checked = Counts & {
  readonly ok: boolean;
  readonly problems: readonly files.Problem[];
  /** Problems beyond those that are named. */
  readonly more: number;
  readonly tenants: number;
};

/** Checks what is kept for every tenant. */
export async function checkInstance(platform: Platform, isDeep: boolean): Promise<Checked> {
  const numbers = await tenants.tenantNumbers(platform);
  const problems: files.Problem[] = [];
  const counts: Record<string, number> = {};
  let more = 0;
  for (const tenant of numbers) {
    const report = await files.check(systemContext(platform, tenant, 'fsck'), { isDeep });
    problems.push(...report.problems);
    more += report.more;
    for (const [name, count] of Object.entries(report.counts)) counts[name] = (counts[name] ?? 0) + count;
  }
  const none: Counts = {
    spaces: 0,
    nodes: 0,
    versions: 0,
    uploads: 0,
    bytes: 0,
    blobs: 0,
    orphans: 0,
    orphanBytes: 0,
    unfinished: 0,
  };
  return { ok: problems.length === 0, problems, more, tenants: numbers.length, ...none, ...counts };
}

/** The result of a check as sentences. */
export function describeCheck(checked: Checked, isDeep: boolean): string {
  const { tenants: count, spaces, nodes, versions, blobs, bytes, orphans, orphanBytes, unfinished } = checked;
  const how = isDeep ? 'every byte was read and its hash compared' : 'bytes were counted, not read; --deep reads them';
  const what = `${count} tenants, ${spaces} spaces, ${nodes} files and folders, ${versions} versions, ${blobs} blobs, ${bytes} bytes (${how}).`;
  const lines = checked.problems.map(({ tenant, thing, problem }) => `Tenant ${tenant}, ${thing}: ${problem}.`);
  if (checked.more > 0) lines.push(`… and ${checked.more} more.`);
  if (orphans + unfinished > 0)
    lines.push(
      `${orphans} objects (${orphanBytes} bytes) nobody refers to and ${unfinished} unfinished ones; the weekly sweep removes them.`,
    );
  return [checked.ok ? `Nothing is wrong: ${what}` : `Something is wrong. Looked at ${what}`, ...lines].join('\n');
}

async function fsck({ platform, options }: Call): Promise<Outcome> {
  const isDeep = options.deep === true;
  const checked = await checkInstance(platform, isDeep);
  return { text: describeCheck(checked, isDeep), json: checked, isBad: !checked.ok };
}

/** The check of everything that is kept. */
export const fsckCommands: readonly Command[] = [
  {
    name: 'fsck',
    takes: [],
    usage: '[--deep]',
    meaning: 'checks that tree, books and stored bytes agree, with --deep by reading all bytes; exit code 1 if they do not',
    options: { deep: { type: 'boolean' } },
    run: fsck,
  },
];
