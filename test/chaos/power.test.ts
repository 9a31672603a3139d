import assert from 'node:assert/strict';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readNumber, readSeed } from '../environment.ts';
import { needsMounting } from '../tools.ts';
import { openDisk } from './power.ts';
import { powerCuts } from './power-cuts.ts';

const cuts = readNumber('cuts', 2);
const seed = readSeed();

test('the disk of these tests forgets what was not synced, and nothing else', needsMounting, () => {
  const disk = openDisk(32);
  try {
    const write = (name: string, isSynced: boolean) => {
      const file = openSync(join(disk.path, name), 'w');
      writeFileSync(file, name);
      if (isSynced) fsyncSync(file);
      closeSync(file);
    };
    write('kept', true);
    write('lost', false);
    disk.cutPower();
    assert.throws(() => write('later', false), { code: 'EIO' });
    disk.powerOn();
    assert.equal(readFileSync(join(disk.path, 'kept'), 'utf8'), 'kept');
    assert.equal(existsSync(join(disk.path, 'lost')), false);
  } finally {
    disk.remove();
  }
});

test('what was acknowledged survives power cuts while clerks work, and nothing is half there', needsMounting, async () => {
  const facts = await powerCuts({ cuts, seed });
  process.stderr.write(`power cuts, seed ${seed}: ${JSON.stringify(facts)}\n`);
  assert.deepEqual(facts.problems, [], `seed ${seed}`);
  assert.ok(facts.done > 20, `seed ${seed}: too little happened to prove anything`);
});
