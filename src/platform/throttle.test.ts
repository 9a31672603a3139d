import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openStand } from '../../test/stand.ts';
import { systemContext } from './context.ts';
import { Failure } from './errors.ts';
import { clearThrottle, giveBackAttempt, type ThrottleRule, takeAttempt } from './throttle.ts';

const stand = await openStand();
const ctx = systemContext(stand.house.platform, 0, 'test');
const rule: ThrottleRule = { name: 'test', free: 3, windowSeconds: 900, firstWaitSeconds: 30, longestWaitSeconds: 100 };

const waits = (seconds: number) => (error: unknown) =>
  error instanceof Failure && error.kind === 'tooMany' && error.params.seconds === seconds;

async function use(subject: string, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) await takeAttempt(ctx, rule, subject);
}

test('after the free attempts each one has to wait twice as long, up to the longest wait', async () => {
  await use('anna', 4);
  for (const wait of [30, 60, 100, 100]) {
    await assert.rejects(takeAttempt(ctx, rule, 'anna'), waits(wait));
    stand.clock.advance(wait - 1);
    await assert.rejects(takeAttempt(ctx, rule, 'ANNA'), waits(1), 'the subject’s case does not matter');
    stand.clock.advance(1);
    await takeAttempt(ctx, rule, 'anna');
  }
});

test('the window ends by itself', async () => {
  await use('bernd', 3);
  stand.clock.advance(rule.windowSeconds);
  await use('bernd', 3);
});

test('a hundred attempts at one moment are no way around it', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 100 }, () => takeAttempt(ctx, rule, 'rush')));
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, rule.free + 1);
});

test('successes are given back: a whole town hall can sign in behind one address', async () => {
  for (let person = 0; person < 20; person += 1) {
    await takeAttempt(ctx, rule, 'town hall');
    await giveBackAttempt(ctx, rule, 'town hall');
  }
  await use('town hall', rule.free);
});

test('cleared is cleared', async () => {
  await use('dora', 4);
  await clearThrottle(ctx, rule, 'dora');
  await use('dora', 3);
});
