import { resolve } from 'node:path';
import { provider, verifyAudits } from '#modules/tenants';
import type { Config } from '../config.ts';
import { migrationSources, OperatorError, openPlatform, openStore } from '../house.ts';
import { type Visit, visitInstance } from '../instance.ts';
import { audit } from '../platform/audit.ts';
import { restoreBackup, settleKey, type Verified, verifyBackup } from '../platform/backup.ts';
import { systemContext } from '../platform/context.ts';
import { type Call, type Command, type Outcome, textOf } from './command.ts';
import { checkInstance, describeCheck } from './fsck.ts';

async function restore(call: Pick<Call, 'config' | 'args' | 'options'>): Promise<Outcome> {
  const verified = await verifyBackup(resolve(call.args[0] ?? ''), textOf(call, 'backup'), migrationSources);
  await settleKey(call.config, verified);
  return visitInstance(call.config, async (visit) => {
    if (visit.isRunning) throw new OperatorError('This instance is running. Please stop it, and restore into an empty one.');
    const target = { owner: visit.owner, store: await openStore(call.config), sources: migrationSources };
    const { blobs } = await restoreBackup(target, verified);
    return { ...(await look(call.config, visit, verified, blobs)) };
  });
}

/** Notes the restore where everybody can see that time went back, and checks what is there now. */
async function look(config: Config, visit: Visit, { name, manifest }: Verified, blobs: number): Promise<Outcome> {
  const platform = await openPlatform({ config, ...visit });
  try {
    const house = systemContext(platform, provider, 'restore');
    const details = { backup: name, of: manifest.begun };
    await platform.db.write(provider, (tx) => audit(tx, house, [{ action: 'platform.restore', thing: 'instance', details }]));
    const checked = await checkInstance(platform, false);
    const { entries, problems } = await verifyAudits(platform);
    const isBad = !checked.ok || problems.length > 0;
    const trail =
      problems.length === 0 ? `The audit trail is whole: ${entries} entries.` : 'The audit trail is damaged; see “audit verify”.';
    const text = [`Restored the backup ${name} with ${blobs} stored objects.`, describeCheck(checked, false), trail].join('\n');
    return {
      text,
      json: { ok: !isBad, backup: name, restoredObjects: blobs, check: checked, audit: { entries, problems } },
      isBad,
    };
  } finally {
    await platform.db.close();
  }
}

/** Coming back from a backup. */
export const restoreCommands: readonly Command[] = [
  {
    name: 'restore',
    takes: ['DIRECTORY'],
    usage: '[--backup NAME]',
    meaning: 'brings the newest backup of a directory, or the one named, into an empty instance, and checks it',
    options: { backup: { type: 'string' } },
    runAlone: restore,
  },
];
