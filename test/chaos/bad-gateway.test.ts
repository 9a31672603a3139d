import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import * as files from '#modules/files';
import { systemContext } from '#platform/context';
import { s3Limits } from '../../src/platform/blobs-s3-bucket.ts';
import { startCeph } from '../ceph.ts';
import { readNumber, readSeed } from '../environment.ts';
import { settle } from '../people.ts';
import { openStand } from '../stand.ts';
import { gatewayFates, openBadGateway } from './bad-gateway.ts';
import { Clerk } from './clerk.ts';
import { randomFrom } from './random.ts';

/** Requests one round does something to. */
const mostHurt = 10;

/** An S3 service (a real Ceph) behind a way on which everything goes wrong that can. */

test('a service that is busy, broken, silent or hangs up: 503 that says when to come again, and nothing half there', async () => {
  const seed = readSeed();
  const rounds = readNumber('rounds', 1);
  const random = randomFrom(seed);
  // A second of patience, twice, instead of two minutes.
  Object.assign(s3Limits, { attempts: 2, silenceMilliseconds: 1_000, resumptions: 1, partBytes: 5 * 2 ** 20 });
  const ceph = await startCeph();
  const { s3 } = ceph;
  const gateway = await openBadGateway(s3.endpoint);
  const onBad = await openStand({
    settings: {
      RENNSTEIG_S3_ENDPOINT: gateway.endpoint,
      RENNSTEIG_S3_BUCKET: s3.bucket,
      RENNSTEIG_S3_REGION: s3.region,
      RENNSTEIG_S3_ACCESS_KEY_ID: s3.accessKeyId,
      RENNSTEIG_S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
    },
  });
  const staff = await settle(onBad);
  const { user, authorization } = await staff.appPassword('anna');
  const origin = `http://127.0.0.1:${await onBad.house.listen()}`;
  const root = `/remote.php/dav/files/${user}/clerk/`;
  const clerk = new Clerk({ origin, authorization, root, random });
  const large = async (name: string) =>
    fetch(`${origin}/remote.php/dav/files/${user}/${name}`, {
      method: 'PUT',
      headers: { authorization },
      body: randomBytes(12_000_000),
    });
  try {
    await clerk.begin();
    for (const fate of Array.from({ length: rounds }, () => gatewayFates).flat()) {
      // For a while every second request, then all of them: what is tried again helps first, and then does not.
      for (const share of [2, 1]) {
        // What is in doubt is looked up until somebody answers: each round hurts only so many requests.
        let hurtful = mostHurt;
        gateway.decide(() => (hurtful > 0 && random.below(share) === 0 && hurtful-- > 0 ? fate : 'fine'));
        let left = 4;
        await clerk.work(() => left-- <= 0);
      }
      gateway.decide(() => fate);
      const refused = await large(`${fate}.bin`);
      assert.equal(refused.status, 503, fate);
      assert.ok(Number(refused.headers.get('retry-after')) > 0);
      gateway.decide(() => 'fine');
      const absent = await fetch(`${origin}/remote.php/dav/files/${user}/${fate}.bin`, { headers: { authorization } });
      assert.equal(absent.status, 404, `${fate}: what was refused is not there`);
    }
    let status = 503; // on a busy machine a second of patience may be too short
    while (status === 503) status = (await large('endlich.bin')).status;
    assert.equal(status, 201);
    await clerk.checkAll();
    assert.ok(gateway.hurt() > 20 && clerk.facts.done > 10, `seed ${seed}: too little happened to prove anything`);
    const ctx = systemContext(onBad.house.platform, staff.ellrich, 'test');
    assert.deepEqual((await files.check(ctx, { isDeep: true })).problems, [], `seed ${seed}`);
  } finally {
    await gateway.close();
    await onBad.close();
    await ceph.stop();
  }
});
