import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openStand } from '../../test/stand.ts';
import { systemContext } from './context.ts';
import { Failure } from './errors.ts';
import { clearThrottle, forgetOldAttempts, giveBackAttempt, networkOf, type ThrottleRule, takeAttempt } from './throttle.ts';

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

test('a network of IPv6 is one subject, an address of IPv4 is one', () => {
  const subjects: [string, string][] = [
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['local', 'local'],
  ];
  for (const [address, subject] of subjects) assert.equal(networkOf(address), subject);
});

test('what no rule looks at any more is removed, what still waits is not', async () => {
  const patient: ThrottleRule = { ...rule, name: 'patient', free: 0, firstWaitSeconds: 200_000, longestWaitSeconds: 200_000 };
  await use('old', 1);
  for (let time = 0; time < 2; time += 1) await takeAttempt(ctx, patient, 'waiting');
  stand.clock.advance(2 * 86_400);
  await forgetOldAttempts(ctx);
  const rows = await stand.house.platform.db.instance<{ key: string }>`select key from platform.throttle`;
  assert.deepEqual(
    rows.map(({ key }) => key.split(':')[0]),
    ['patient'],
  );
});
