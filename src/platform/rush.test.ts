import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { openRush } from './rush.ts';

const staying = new AbortController().signal;

test('no more than the limit are served at once; answers go before questions, each in its order', async () => {
  const rush = openRush({ underWay: 1, lull: 1, asks: 2, answers: 2 });
  const done = await rush.enter('asks', staying);
  const order: string[] = [];
  const come = (line: 'asks' | 'answers', name: string) =>
    rush.enter(line, staying).then((leave) => {
      order.push(leave ? name : `${name} full`);
      leave?.();
    });
  const all = [come('asks', 'a'), come('answers', 'b'), come('asks', 'c'), come('asks', 'd'), come('answers', 'e')];
  assert.deepEqual(rush.state(), { underWay: 1, waiting: 4 });
  done?.();
  done?.();
  await Promise.all(all);
  assert.deepEqual(order, ['d full', 'b', 'e', 'a', 'c']);
  assert.deepEqual(rush.state(), { underWay: 0, waiting: 0 });
});

test('who leaves while waiting makes room and is never served', async () => {
  const rush = openRush({ underWay: 1, lull: 1, asks: 1, answers: 1 });
  const done = await rush.enter('asks', staying);
  const leaving = new AbortController();
  const waiting = rush.enter('asks', leaving.signal);
  leaving.abort();
  assert.equal(await waiting, null);
  assert.equal(await rush.enter('asks', AbortSignal.abort()), null);
  const next = rush.enter('asks', staying);
  done?.();
  (await next)?.();
  assert.deepEqual(rush.state(), { underWay: 0, waiting: 0 });
});

test('what can be done later waits until few are being served, but not for ever', async () => {
  const rush = openRush({ underWay: 3, lull: 2, asks: 2, answers: 2 });
  await rush.lull(staying);
  const leave = [await rush.enter('asks', staying), await rush.enter('asks', staying), await rush.enter('asks', staying)];
  const order: string[] = [];
  const enough = new AbortController();
  const all = [
    rush.lull(staying).then(() => order.push('quiet')),
    rush.lull(enough.signal).then(() => order.push('impatient')),
    rush.enter('asks', staying).then((end) => {
      order.push('next');
      end?.();
    }),
  ];
  enough.abort();
  await all[1];
  assert.deepEqual(order, ['impatient']);
  leave[0]?.();
  await all[2];
  leave[1]?.();
  await Promise.all(all);
  assert.deepEqual(order, ['impatient', 'next', 'quiet']);
  await rush.lull(staying);
  leave[2]?.();
});

test('whatever comes and goes, the limit holds and nobody is forgotten', async () => {
  const comings = fc.array(fc.record({ line: fc.constantFrom('asks' as const, 'answers' as const), leaves: fc.boolean() }), {
    maxLength: 60,
  });
  await fc.assert(
    fc.asyncProperty(comings, async (people) => {
      const rush = openRush({ underWay: 3, lull: 2, asks: 4, answers: 9 });
      let served = 0;
      const all = people.map(async ({ line, leaves }) => {
        const away = new AbortController();
        const turn = rush.enter(line, away.signal);
        if (leaves) away.abort();
        const leave = await turn;
        if (!leave) return;
        served += 1;
        assert.ok(rush.state().underWay <= 3);
        leave();
      });
      await Promise.all(all);
      assert.ok(served >= Math.min(3, people.filter(({ leaves }) => !leaves).length));
      assert.deepEqual(rush.state(), { underWay: 0, waiting: 0 });
    }),
  );
});
