import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import * as files from '#modules/files';
import { systemContext } from '#platform/context';
import { readNumber, readSeed } from '../environment.ts';
import { openDesk } from '../model/desk.ts';
import { describeProgram, makeProgram } from '../model/programs.ts';
import { openStand } from '../stand.ts';
import { requireLibrary } from '../tools.ts';
import { startPreloaded } from './preloaded.ts';
import { randomFrom } from './random.ts';

/**
 * The server's clock jumps before every step, days forwards and backwards (libfaketime), and everything is still as the model
 * says: nothing is ordered by the time of day.
 */

const seed = readSeed();
const programs = readNumber('programs', 2);
const steps = 40;
const mostSeconds = 3 * 86_400;

test('programs of three people while the clock jumps', async () => {
  const stand = await openStand();
  const random = randomFrom(seed);
  const clock = join(stand.config.data, 'clock');
  let jumps = 0;
  const set = (seconds: number) => writeFileSync(clock, `${seconds < 0 ? '' : '+'}${seconds}s\n`);
  const jump = () => {
    set(random.below(2 * mostSeconds) - mostSeconds);
    jumps += 1;
  };
  set(-mostSeconds);
  const server = await startPreloaded(stand, {
    LD_PRELOAD: requireLibrary('faketime/libfaketimeMT.so.1'),
    FAKETIME_TIMESTAMP_FILE: clock,
    FAKETIME_NO_CACHE: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1', // what measures durations is not set by anybody
  });
  try {
    const there = new Date((await fetch(`http://127.0.0.1:${server.port}/healthz`)).headers.get('date') ?? '').getTime();
    assert.ok(Date.now() - there > 60_000, 'the server has another time');
    const desk = await openDesk(stand, server.port);
    for (let number = 0; number < programs; number += 1) {
      // A lock ends with its time: of what is locked the model knows nothing here.
      const program = makeProgram(randomFrom(seed + number), steps).filter(({ op }) => op !== 'lock' && op !== 'unlock');
      assert.equal(await desk.run(program, jump), null, `seed ${seed + number}:\n${describeProgram(program)}`);
    }
    assert.ok(jumps > steps);
    const { problems } = await files.check(systemContext(stand.house.platform, desk.tenant, 'test'), { isDeep: true });
    assert.deepEqual(problems, [], `seed ${seed}`);
  } finally {
    await server.stop();
  }
});
