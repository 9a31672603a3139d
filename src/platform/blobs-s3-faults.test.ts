import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, test } from 'node:test';
import { type Deed, type Fault, faults, openBrokenS3 } from '../../test/broken-s3.ts';
import { assertSameBytes } from '../../test/bytes.ts';
import { headBytes } from './blob-format.ts';
import type { ByteStore } from './blobs.ts';
import { openS3Store } from './blobs-s3.ts';
import { s3Limits } from './blobs-s3-bucket.ts';
import { Failure } from './errors.ts';

/** Every way in which an S3 service may fail, at every request we send: an error that says so, never silence, never half a file. */

const service = await openBrokenS3();
after(() => service.close());

const unhandled: unknown[] = [];
process.on('unhandledRejection', (reason) => unhandled.push(reason));

const partBytes = 64 * 1024;
const patient = { ...s3Limits, partBytes, openBytes: 1_000, copyPartBytes: 100_000, attempts: 2, resumptions: 1 };
const hasty = { ...patient, connectMilliseconds: 200, silenceMilliseconds: 200 };
const storesWith = (limits: typeof patient) => ({
  plain: openS3Store(service.config, limits),
  inParts: openS3Store(service.config, { ...limits, copyBytes: 1 }),
});
const stores = { patient: storesWith(patient), hasty: storesWith(hasty), hastiest: storesWith({ ...hasty, attempts: 1 }) };
let { plain: store, inParts: copyingInParts } = stores.patient;

const key = () => ({ tenant: 1, name: randomBytes(16).toString('hex') });
const [small, large] = [randomBytes(500), randomBytes(5 * partBytes + 77)];
const head = randomBytes(headBytes);

async function put(where: { tenant: number; name: string }, body: Buffer): Promise<void> {
  const sink = await store.create(where, head);
  try {
    for (let at = 0; at < body.length; at += 50_000) await sink.write([Buffer.from(body.subarray(at, at + 50_000))]);
    await sink.commit();
  } catch (error) {
    await sink.abort();
    throw error;
  }
}

async function readBack(from: ByteStore, where: { tenant: number; name: string }): Promise<Buffer | null> {
  const object = await from.open(where);
  return (
    object && Buffer.concat(await Array.fromAsync(object.blocks(0, await object.size(), 30_000), (block) => Buffer.from(block)))
  );
}

const [kept, keptLarge] = [key(), key()];
await put(kept, small);
await put(keptLarge, large);

/** Everything we ask of the service, with the requests it takes. Resolves with whether what came back is right. */
const works: Readonly<Record<string, { readonly deeds: readonly Deed[]; run(): Promise<boolean> }>> = {
  'a small object is written': {
    deeds: ['put'],
    run: async () => {
      const where = key();
      await put(where, small);
      return [...service.objects].some(([path, { body }]) => path.endsWith(where.name) && body.equals(small));
    },
  },
  'a large object is written': {
    deeds: ['begin', 'part', 'complete', 'abort'],
    run: async () => {
      const where = key();
      await put(where, large);
      return [...service.objects].some(([path, { body }]) => path.endsWith(where.name) && body.equals(large));
    },
  },
  'a small object is read': {
    deeds: ['get'],
    run: async () => (await readBack(store, kept))?.equals(Buffer.concat([head, small])) ?? false,
  },
  'a large object is read': {
    deeds: ['get'],
    run: async () => (await readBack(store, keptLarge))?.equals(Buffer.concat([head, large])) ?? false,
  },
  'a head is replaced': { deeds: ['head', 'copy'], run: () => store.replaceHead(kept, head).then(() => true) },
  'a head is replaced, copying in parts': {
    deeds: ['head', 'begin', 'copyPart', 'complete', 'abort'],
    run: () => copyingInParts.replaceHead(keptLarge, head).then(() => true),
  },
  'an object is removed': { deeds: ['delete'], run: () => store.remove(key()).then(() => true) },
  'the bucket is listed': {
    deeds: ['list', 'uploads'],
    run: async () => (await Array.fromAsync(store.list(1))).some(({ name }) => name === kept.name),
  },
  'unfinished uploads are removed': {
    deeds: ['uploads'],
    run: () => store.remove({ ...kept, name: `${kept.name}.part` }).then(() => true),
  },
  'a tenant is removed': { deeds: ['uploads', 'list', 'deleteMany'], run: removeSomeTenant },
  'the bucket is asked for': { deeds: ['bucket'], run: () => store.check().then(() => true) },
};

async function removeSomeTenant(): Promise<boolean> {
  await put({ ...key(), tenant: 2 }, small);
  await store.removeTenant(2);
  return ![...service.objects.keys()].some((path) => path.startsWith('2/'));
}

const isOutcome = (outcome: unknown) => outcome === 'right' || (outcome instanceof Failure && outcome.kind === 'unavailable');

/** Bytes that are others than were stored, under a head that calls them so: the seals on every chunk find that, not the store. */
const isRead = (fault: Fault) => fault === 'nonsense' || fault === 'failureAsSuccess';

async function outcomeOf(run: () => Promise<boolean>): Promise<unknown> {
  try {
    return (await run()) ? 'right' : 'wrong';
  } catch (error) {
    return error;
  }
}

/** Everything that was still to be said has been said: promises, and then the events of sockets. */
const settled = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));

for (const [name, { deeds, run }] of Object.entries(works)) {
  test(`${name}, whatever the service does`, async () => {
    ({ plain: store, inParts: copyingInParts } = stores.patient);
    service.decide(() => null);
    assert.equal(await outcomeOf(run), 'right', 'without any fault');
    for (const deed of deeds) {
      for (const fault of faults) {
        if (deed === 'get' && isRead(fault)) continue;
        const where = `${deed}: ${fault}`;
        ({ plain: store, inParts: copyingInParts } = stores.hastiest);
        service.decide((each) => (each === deed ? fault : null));
        const always = await outcomeOf(run);
        assert.ok(isOutcome(always), `${where}, always: ${String(always)} ${(always as Error)?.cause ?? ''}`);
        ({ plain: store, inParts: copyingInParts } = stores.hasty);
        let left = 1;
        service.decide((each): Fault | null => (each === deed && left-- > 0 ? fault : null));
        const once = await outcomeOf(run);
        assert.ok(isOutcome(once), `${where}, once: ${String(once)} ${(once as Error)?.cause ?? ''}`);
        service.decide(() => null);
        await settled();
        assert.deepEqual(unhandled, [], where);
      }
    }
    store = stores.patient.plain;
    assertSameBytes((await readBack(store, keptLarge)) ?? Buffer.alloc(0), Buffer.concat([head, large]));
  });
}

test('an upload that is given up while a part begins leaves nothing behind', async () => {
  service.decide(() => null);
  store = stores.patient.plain;
  for (const deed of ['begin', 'part'] as const) {
    const before = new Set(service.unfinished.keys());
    const sink = await store.create(key(), head);
    const comes = service.comes(deed);
    const writing = sink.write([Buffer.from(large)]);
    writing.catch(() => {}); // whoever gives up is not interested any more
    await comes;
    await sink.abort();
    await Promise.allSettled([writing]);
    assert.deepEqual(
      [...service.unfinished.keys()].filter((id) => !before.has(id)),
      [],
      deed,
    );
  }
  assert.deepEqual(unhandled, []);
});
