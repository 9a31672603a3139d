import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { ZipFile } from 'yazl';
import * as scanning from '#modules/scanning';
import { listAudit } from '#platform/audit';
import type { Context } from '#platform/context';
import { Failure } from '#platform/errors';
import { eicar, startClamd, streamBytes } from '../../../test/clamd.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { sweepOrphans } from '../files/care.ts';
import { lookAgain, takeUpAgain } from './care.ts';
import { askScanner, ScannerSilent, scanStream } from './clamd.ts';
import { encryptedProbe, nestedProbe } from './probe.ts';
import { obstacles, verdictOf, versionOf } from './rules.ts';

const clamd = await startClamd();
const stand = await openStand({ settings: { RENNSTEIG_CLAMD: clamd.address } });
const { anna, emil, ellrich } = await settle(stand);
const { platform } = stand.house;

/** Somebody for whom another scanner is set up, or none. */
function scannedBy(clamd: Context['platform']['config']['clamd']): Context {
  const config = { ...platform.config, clamd };
  return { ...anna, platform: { ...platform, config } };
}
const nobodyScans = () => scannedBy(null);

async function store(content: Uint8Array, ctx = anna) {
  const limits = { maxBytes: 2 ** 31, tooLarge: () => new Failure('tooLarge', 'platform.tooLarge') };
  return ctx.platform.blobs.write(ctx.actor.tenant, Readable.from([content]), limits);
}

/** Stores a content and hands it in, as a room does. */
async function handIn(content: Uint8Array, ctx = anna): Promise<string> {
  const { id: blob, size, sha256 } = await store(content, ctx);
  const wish = { blob, size, sha256, reference: 'test:1' };
  await platform.db.write(ctx.actor.tenant, (tx) => scanning.requestScan(tx, ctx, wish));
  return blob;
}

async function outcome(content: Uint8Array, ctx = anna): Promise<string | null> {
  const scan = await scanning.scan(ctx, await handIn(content, ctx));
  return scan && (scan.obstacle ?? scan.malware ?? scan.state);
}

async function zip(entries: Readonly<Record<string, Buffer>>): Promise<Buffer> {
  const file = new ZipFile();
  for (const [name, content] of Object.entries(entries)) file.addBuffer(content, name);
  file.end();
  return buffer(file.outputStream);
}

test('a content waits until it was looked at, and is handed out when it is clean', async () => {
  const blob = await handIn(Buffer.from('Guten Tag'));
  assert.equal((await scanning.scanOf(anna, blob))?.state, 'waiting');
  const waits = { kind: 'conflict', code: 'scanning.is.waiting' };
  await assert.rejects(scanning.assertReadable(anna, blob), waits);
  await assert.rejects(scanning.assertReadable(anna, blob, { atOwnRisk: true }), waits, 'nobody skips the queue');
  const scan = await scanning.scan(anna, blob);
  assert.deepEqual([scan?.state, scan?.scannedAt], ['clean', stand.clock.now()]);
  assert.match(scan?.engine ?? '', /^\d+\.\d+/);
  await scanning.assertReadable(anna, blob);
  assert.match(scanning.describeScan(anna, scan), /keine Schadsoftware/);
});

test('malware is found plain and in archives, is never handed out, and stands in the trail', async () => {
  const contents = [eicar, await zip({ 'a.txt': eicar }), await zip({ 'b.zip': await zip({ 'a.txt': eicar }) })];
  for (const content of contents) {
    const blob = await handIn(content);
    const scan = await scanning.scan(anna, blob);
    assert.equal(scan?.state, 'infected');
    assert.match(scan?.malware ?? '', /^Eicar-Test-Signature/);
    for (const atOwnRisk of [false, true])
      await assert.rejects(scanning.assertReadable(anna, blob, { atOwnRisk }), {
        kind: 'forbidden',
        code: 'scanning.is.infected',
      });
    const trail = await listAudit(platform.db.read(ellrich), ellrich, { action: 'scanning.found', limit: 10 });
    assert.ok(trail.some(({ thing }) => thing === `blob:${blob}`));
  }
});

test('what the scanner cannot look into is not clean, whatever it is', async () => {
  const zeros = Buffer.alloc(3 * 1_048_576);
  const bomb = await zip(Object.fromEntries(Array.from({ length: 5 }, (_, index) => [`${index}.bin`, zeros])));
  const expected: [string, Buffer][] = [
    ['encrypted', encryptedProbe],
    ['limits', nestedProbe],
    ['limits', bomb],
    ['tooLarge', randomBytes(streamBytes + 1)],
  ];
  for (const [obstacle, content] of expected) {
    const blob = await handIn(content);
    assert.equal((await scanning.scan(anna, blob))?.obstacle, obstacle);
    await assert.rejects(scanning.assertReadable(anna, blob), { kind: 'conflict', code: `scanning.is.${obstacle}` });
    await scanning.assertReadable(anna, blob, { atOwnRisk: true });
    const [entry] = await listAudit(platform.db.read(ellrich), ellrich, { action: 'scanning.readAtOwnRisk', limit: 1 });
    assert.deepEqual([entry?.thing, entry?.details.obstacle], [`blob:${blob}`, obstacle]);
  }
});

test('a scanner that lets through what it has not looked into is not relied on', async () => {
  const lax = await startClamd([]);
  const ctx = scannedBy({ path: lax.socket });
  assert.deepEqual(await scanning.scannerState(ctx), { isUsable: false, obstacle: 'lenient' });
  assert.equal(await outcome(Buffer.from('harmlos'), ctx), 'lenient');
});

/** Something that listens where a scanner should, and does what the test says with each line. */
async function listen(handle: (socket: Socket) => void): Promise<{ ctx: Context; address: { host: string; port: number } }> {
  const lines = new Set<Socket>();
  const server: Server = createServer((socket) => {
    lines.add(socket);
    socket.on('error', () => {});
    handle(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  after(() => {
    for (const socket of lines) socket.destroy();
    server.close();
  });
  const address = { host: '127.0.0.1', port: (server.address() as { port: number }).port };
  return { ctx: scannedBy(address), address };
}

/** Answers VERSION and the probes as a good scanner does, and everything else as told. */
function goodUntil(content: (socket: Socket, bytes: Buffer) => void) {
  let streams = 0;
  return (socket: Socket) => {
    let isStream = false;
    socket.on('data', (bytes: Buffer) => {
      if (bytes.toString('latin1').startsWith('zVERSION')) return socket.end('ClamAV 1.4.6/1/Sun Nov 22 08:00:00 2026\0');
      if (!isStream && bytes.toString('latin1').startsWith('zINSTREAM')) {
        isStream = true;
        streams += 1;
        if (streams === 1) return socket.end('stream: Heuristics.Encrypted.Zip FOUND\0');
        if (streams === 2) return socket.end('stream: Heuristics.Limits.Exceeded.MaxRecursion FOUND\0');
      }
      return content(socket, bytes);
    });
  };
}

test('no scanner, one that is away, dies in the middle or talks nonsense: each has its name, none is clean', async () => {
  assert.equal(await outcome(Buffer.from('a'), nobodyScans()), 'noScanner');
  assert.equal(await outcome(Buffer.from('a'), scannedBy({ path: '/nowhere/clamd.sock' })), 'unreachable');
  const dying = await listen(goodUntil((socket) => socket.destroy()));
  assert.equal(await outcome(randomBytes(2_000_000), dying.ctx), 'unreachable');
  for (const nonsense of ['stream: OK FOUND? ERROR', 'OK', 'stream: ok', 'stream: OK\nstream: OK', '', '{"clean":true}']) {
    const odd = await listen(goodUntil((socket) => socket.end(`${nonsense}\0`)));
    assert.equal(await outcome(Buffer.from('a'), odd.ctx), 'unclear', nonsense);
  }
  const endless = await listen(goodUntil((socket) => socket.write('x'.repeat(5_000))));
  assert.equal(await outcome(Buffer.from('a'), endless.ctx), 'unreachable');
  const other = await listen((socket) => socket.end('SSH-2.0-OpenSSH_9.2\0'));
  assert.equal(await outcome(Buffer.from('a'), other.ctx), 'unclear');
});

test('a scanner that stalls, before or after the content, is given up', async () => {
  const patience = { connectSeconds: 5, quietSeconds: 0.05, wholeSeconds: 5 };
  const silent = (error: unknown) => error instanceof ScannerSilent && error.why === 'timeout';
  const mute = await listen(() => {});
  await assert.rejects(askScanner(mute.address, 'PING', patience), silent);
  const swallowing = await listen((socket) => socket.resume());
  await assert.rejects(scanStream(swallowing.address, Readable.from([randomBytes(100)]), patience), silent);
  const blocked = await listen((socket) => socket.pause());
  async function* endless() {
    for (;;) yield randomBytes(1_048_576);
  }
  await assert.rejects(scanStream(blocked.address, endless(), patience), silent);
  const slow = await listen((socket) => socket.resume());
  await assert.rejects(scanStream(slow.address, endless(), { ...patience, quietSeconds: 5, wholeSeconds: 0.2 }), silent);
});

test('after the scanner did not answer it is left alone for a minute, and then asked again', async () => {
  let lines = 0;
  const { ctx } = await listen((socket) => {
    lines += 1;
    socket.destroy();
  });
  assert.equal(await outcome(Buffer.from('a'), ctx), 'unreachable');
  assert.equal(await outcome(Buffer.from('b'), ctx), 'unreachable');
  assert.equal(lines, 1);
  stand.clock.advance(scanning.scanLimits.pauseSeconds);
  await outcome(Buffer.from('c'), ctx);
  assert.equal(lines, 2);
});

test('what failed because of the scanner is taken up again, what failed because of the content is not', async () => {
  const [waiting, locked] = [await handIn(Buffer.from('kommt noch')), await handIn(encryptedProbe)];
  await scanning.scan(nobodyScans(), waiting);
  await scanning.scan(anna, locked);
  assert.equal((await scanning.scanOf(anna, waiting))?.obstacle, 'noScanner');
  assert.ok((await takeUpAgain(anna)) >= 1);
  assert.equal((await scanning.scanOf(anna, waiting))?.state, 'waiting');
  assert.equal((await scanning.scanOf(anna, locked))?.obstacle, 'encrypted');
  assert.equal((await scanning.scan(anna, waiting))?.state, 'clean');
});

test('newer signatures: what came in lately is looked at again, and a verdict outlives a scanner that fails', async () => {
  const blob = await handIn(Buffer.from('gestern harmlos'));
  await scanning.scan(anna, blob);
  assert.ok((await lookAgain(anna, '4711')) >= 1);
  assert.equal((await scanning.scanOf(anna, blob))?.state, 'clean', 'until then what was found counts');
  assert.equal((await scanning.scan(nobodyScans(), blob))?.state, 'clean');
  const found = await listen(goodUntil((socket) => socket.end('stream: Win.Trojan.Neu-1 FOUND\0')));
  const again = await scanning.scan(found.ctx, blob);
  assert.deepEqual([again?.state, again?.malware, again?.signatures], ['infected', 'Win.Trojan.Neu-1', '1']);
  await assert.rejects(scanning.assertReadable(anna, blob), { code: 'scanning.is.infected' });
  stand.clock.advance((scanning.scanLimits.againDays + 1) * 86_400);
  assert.equal(await lookAgain(anna, '4712'), 0);
});

test('each tenant has its own contents; what was never handed in waits for ever; what is forgotten is gone', async () => {
  const blob = await handIn(Buffer.from('unser'));
  await scanning.scan(anna, blob);
  assert.equal(await scanning.scanOf(emil, blob), null);
  await assert.rejects(scanning.assertReadable(emil, blob), { code: 'scanning.is.waiting' });
  await platform.db.write(ellrich, (tx) => scanning.forgetScan(tx, anna, [blob]));
  assert.equal(await scanning.scanOf(anna, blob), null);
  assert.equal(await scanning.scan(anna, blob), null);
});

test('damaged bytes are an alarm and never clean', async () => {
  const blob = await handIn(Buffer.from('verschwindet'));
  await platform.blobs.remove(ellrich, blob);
  assert.equal((await scanning.scan(anna, blob))?.obstacle, 'damaged');
});

test('asking twice is asking once, and a request that makes no sense is refused', async () => {
  const { id: blob, size, sha256 } = await store(Buffer.from('zweimal'));
  const ask = (wish: Partial<scanning.ScanRequest>) =>
    platform.db.write(ellrich, (tx) => scanning.requestScan(tx, anna, { blob, size, sha256, reference: 'a:1', ...wish }));
  await ask({});
  await scanning.scan(anna, blob);
  await ask({ reference: 'b:2' });
  const scan = await scanning.scanOf(anna, blob);
  assert.deepEqual([scan?.reference, scan?.state], ['a:1', 'clean']);
  await assert.rejects(ask({ sha256: 'x' }), { kind: 'internal' });
});

test('memory stays flat while a large content goes by', async () => {
  const size = 1_073_741_824;
  let heard = 0;
  const counting = await listen(
    goodUntil((socket, bytes) => {
      heard += bytes.length;
      if (heard >= size && bytes.subarray(-4).equals(Buffer.alloc(4))) socket.end('stream: OK\0');
    }),
  );
  const piece = randomBytes(1_048_576);
  async function* pieces() {
    for (let sent = 0; sent < size; sent += piece.length) yield piece;
  }
  const limits = { maxBytes: size, tooLarge: () => new Failure('tooLarge', 'platform.tooLarge') };
  const { id: blob, sha256 } = await platform.blobs.write(ellrich, pieces(), limits);
  await platform.db.write(ellrich, (tx) => scanning.requestScan(tx, anna, { blob, size, sha256, reference: 'large:1' }));
  const before = process.memoryUsage.rss();
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 20);
  const scan = await scanning.scan(counting.ctx, blob);
  clearInterval(watch);
  assert.equal(scan?.state, 'clean');
  assert.ok(most - before < 200 * 1_048_576, `memory grew by ${Math.round((most - before) / 1_048_576)} MiB`);
});

test('/readyz names the scanner and stays ready without it', async () => {
  const answer = await stand.house.app.inject({ url: '/readyz' });
  assert.deepEqual([answer.statusCode, answer.json().parts.scanner], [200, 'ready']);
  const bare = await openStand();
  const without = await bare.house.app.inject({ url: '/readyz' });
  assert.deepEqual([without.statusCode, without.json().parts.scanner], [200, 'noScanner']);
  await bare.close();
});

test('every state has its sentence in both languages', () => {
  for (const what of ['waiting', 'clean', 'infected', ...obstacles]) assert.ok(platform.words[`scanning.is.${what}`], what);
});

test('no answer but the one word passes for clean', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string().map((text) => `stream: ${text}`),
      ),
      (answer) => {
        fc.pre(answer !== 'stream: OK');
        assert.notEqual(verdictOf(answer).state, 'clean');
      },
    ),
  );
  fc.assert(fc.property(fc.string(), (text) => void versionOf(text)));
  const version = versionOf('ClamAV 1.4.6/27831/Sun Nov 22 08:24:11 2026');
  assert.deepEqual(version, { engine: '1.4.6', signatures: '27831', signaturesAt: new Date('2026-11-22T08:24:11Z') });
});

test('the weekly sweep leaves what was handed in, and removes what nobody keeps', async () => {
  const [kept, { id: orphan }] = [await handIn(Buffer.from('bleibt')), await store(Buffer.from('geht'))];
  const later = { ...platform, clock: { now: () => new Date(Date.now() + 10 * 86_400_000) } };
  await sweepOrphans({ ...anna, platform: later });
  const there = (await Array.fromAsync(platform.blobs.list(ellrich))).map(({ name }) => name);
  assert.deepEqual([there.includes(kept), there.includes(orphan)], [true, false]);
});
