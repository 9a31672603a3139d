import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../src/config.ts';
import { openHouse } from '../src/house.ts';
import { visitInstance } from '../src/instance.ts';
import * as accounts from '../src/modules/accounts/index.ts';
import { startInstance } from '../test/instance.ts';
import { password, settle } from '../test/people.ts';
import { memoryOf } from './instance.ts';
import type { PushJob } from './push-clients.ts';
import type { Row } from './rows.ts';

export const pushRows: readonly Row[] = [
  { key: 'pushMemory', what: '10,000 idle push connections, memory of theirs', unit: 'MB', must: 300, aim: 200 },
];

const people = 150;
const connections = 10_000;

/** People enough that nobody has more connections than one account may. */
async function prepare(data: string): Promise<PushJob['accounts']> {
  const config = readConfig(['--data', data, '--log', 'error', '--port', '0'], {});
  return visitInstance(config, async ({ app, owner }) => {
    const house = await openHouse({ config, app, owner, worksOnJobs: false });
    const { house: ctx, ellrich } = await settle({ house });
    const made: { user: string; password: string }[] = [];
    for (let number = 0; number < people; number += 1) {
      const address = `leser${number}@ellrich.example`;
      const { account } = await accounts.addAccount(ctx, { tenant: ellrich, name: `Leser ${number}`, address, password });
      const { secret } = await accounts.createAppPasswordFor(ctx, { tenant: ellrich, account }, 'bench');
      made.push({ user: address, password: secret });
    }
    await house.close();
    return made;
  });
}

/** Connects idle sync clients and looks what they cost. */
export async function measurePush(): Promise<Record<string, number>> {
  const data = mkdtempSync(join(tmpdir(), 'rennsteig-bench-'));
  const known = await prepare(data);
  const instance = await startInstance(data, { workers: 2 });
  await instance.allServe();
  const clients = fork(join(dirname(fileURLToPath(import.meta.url)), 'push-clients.ts'));
  try {
    const before = memoryOf({ pid: instance.pid, data });
    clients.send({ port: instance.port, connections, accounts: known } satisfies PushJob);
    const [answer] = (await once(clients, 'message')) as [{ connected?: number; error?: string }];
    if (answer.connected !== connections) throw new Error(answer.error ?? `${answer.connected} connected`);
    return { pushMemory: memoryOf({ pid: instance.pid, data }) - before };
  } finally {
    clients.kill();
    await instance.stop();
    rmSync(data, { recursive: true, force: true });
  }
}
