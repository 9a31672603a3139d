import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openStand } from '../../test/stand.ts';

const token = 'd3n-n1cht-j3d3r-k3nnt';

/** What `/metrics` answers to a caller. */
async function statusesFor(
  settings: Readonly<Record<string, string>>,
  callers: readonly { readonly from?: string; readonly headers?: Record<string, string> }[],
): Promise<number[]> {
  const stand = await openStand({ settings });
  const answers = callers.map(async ({ from = '127.0.0.1', headers = {} }) => {
    const answer = await stand.house.app.inject({ url: '/metrics', remoteAddress: from, headers });
    assert.equal(answer.body.includes('rennsteig_workers'), answer.statusCode === 200);
    return answer.statusCode;
  });
  const found = await Promise.all(answers);
  await stand.close();
  return found;
}

test('without a token the figures are for this machine, as long as nothing stands before us', async () => {
  const callers = [
    {},
    { from: '::1' },
    { from: '::ffff:127.0.0.1' },
    { from: '10.1.2.3' },
    { from: '2a02::1' },
    { headers: { 'x-forwarded-for': '127.0.0.1' } },
    { headers: { via: '1.1 proxy' } },
  ];
  assert.deepEqual(await statusesFor({}, callers), [200, 200, 200, 403, 403, 403, 403]);
  assert.deepEqual(await statusesFor({ RENNSTEIG_URL: 'https://cloud.example' }, [{}]), [403]);
  assert.deepEqual(await statusesFor({ RENNSTEIG_TRUSTED_PROXIES: '127.0.0.1' }, [{}]), [403]);
});

test('with a token they are for whoever shows it, from everywhere', async () => {
  const settings = { RENNSTEIG_METRICS_TOKEN: token, RENNSTEIG_URL: 'https://cloud.example' };
  const shown = (authorization: string) => ({ from: '10.1.2.3', headers: { authorization } });
  const callers = [
    shown(`Bearer ${token}`),
    shown(`bearer  ${token}`),
    shown(`Bearer ${token}x`),
    shown('Bearer'),
    shown(token),
    {},
  ];
  assert.deepEqual(await statusesFor(settings, callers), [200, 200, 401, 401, 401, 401]);
});
