import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { after, test } from 'node:test';
import fc from 'fast-check';
import type { Part } from './context.ts';
import { readParts, uploadLimits } from './upload.ts';

const boundary = 'rennsteig-boundary';
const type = `multipart/form-data; boundary=${boundary}`;

/** What the server did with the form it got. */
type Read = (raw: IncomingMessage) => Promise<unknown>;

let read: Read = async () => null;
const server = createServer((raw, reply) => {
  read(raw).then(
    (result) => reply.end(JSON.stringify({ result })),
    (error) => reply.end(JSON.stringify({ kind: error.kind ?? String(error) })),
  );
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
after(() => server.close());

const { port } = server.address() as AddressInfo;

async function send(body: Readable, reader: Read, headers: Record<string, string> = { 'content-type': type }) {
  read = reader;
  const sent = request({ port, method: 'POST', headers });
  const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
  await pipeline(body, sent).catch(() => {});
  const [answer] = await answered;
  return JSON.parse(await new Response(Readable.toWeb(answer) as ReadableStream).text());
}

const field = (name: string, value: string) =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const file = (name: string, fileName: string) =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${fileName}"\r\nContent-Type: text/plain\r\n\r\n`;
const end = `--${boundary}--\r\n`;

async function hashOf(part: Part & { kind: 'file' }): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of part.stream) hash.update(chunk);
  return hash.digest('hex');
}

const all: Read = async (raw) => {
  const found: unknown[] = [];
  for await (const part of readParts(raw)) {
    found.push(part.kind === 'field' ? [part.name, part.value] : [part.name, part.fileName, await hashOf(part)]);
  }
  return found;
};

test('a form that ends in the middle of a file nobody reads is a bad form, and no end of the process', async () => {
  const only: Read = async (raw) => {
    const parts = readParts(raw);
    await parts.next();
    await once(raw, 'end');
    // The file was given, and its reader has something else to do when the form turns out to be broken.
    await new Promise((resolve) => setImmediate(resolve));
    return (await parts.next()).value ?? null;
  };
  const never: Read = (raw) => readParts(raw).next();
  const cut = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nxx`;
  for (const reader of [only, never, all])
    for (const body of [cut, `${cut}\r\n--${boundary}\r\n`, file('file', 'a')]) {
      const answer = await send(Readable.from([body]), reader);
      assert.ok(
        reader === never ? 'result' in answer || answer.kind === 'invalid' : answer.kind === 'invalid',
        JSON.stringify(answer),
      );
    }
});

test('fields and files come in their order, byte for byte', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 5_000 }), { maxLength: 4 }), async (contents) => {
      const body = contents.flatMap((bytes, index) => [
        field('f', `${index}`),
        file('file', `ä ${index}.txt`),
        Buffer.from(bytes),
        '\r\n',
      ]);
      const { result } = await send(Readable.from([...body, end]), all);
      const expected = contents.flatMap((bytes, index) => [
        ['f', `${index}`],
        ['file', `ä ${index}.txt`, createHash('sha256').update(bytes).digest('hex')],
      ]);
      assert.deepEqual(result, expected);
    }),
    { numRuns: 30 },
  );
});

test('a file nobody reads is passed over', async () => {
  const body = Readable.from([file('a', 'groß.bin'), Buffer.alloc(3_000_000), '\r\n', field('after', 'yes'), end]);
  const { result } = await send(body, async (raw) => {
    const names: string[] = [];
    for await (const part of readParts(raw)) names.push(part.name);
    return names;
  });
  assert.deepEqual(result, ['a', 'after']);
});

test('a large file flows through without being collected', async () => {
  const megabyte = Buffer.alloc(1_048_576, 1);
  const megabytes = 300;
  const body = Readable.from(
    (function* () {
      yield file('a', 'riesig.bin');
      for (let sent = 0; sent < megabytes; sent += 1) yield megabyte;
      yield `\r\n${end}`;
    })(),
  );
  const before = process.memoryUsage().arrayBuffers;
  let most = 0;
  const { result } = await send(body, async (raw) => {
    let bytes = 0;
    for await (const part of readParts(raw)) {
      if (part.kind !== 'file') continue;
      for await (const chunk of part.stream as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        most = Math.max(most, process.memoryUsage().arrayBuffers - before);
      }
    }
    return bytes;
  });
  assert.equal(result, megabytes * megabyte.length);
  assert.ok(most < 100 * megabyte.length, `${Math.round(most / megabyte.length)} MiB at once`);
});

test('a form without boundary is refused', async () => {
  const answer = await send(Readable.from([end]), all, { 'content-type': 'multipart/form-data' });
  assert.equal(answer.kind, 'invalid');
});

test('too many fields, and a field that is too long, are refused', async () => {
  const many = Array.from({ length: uploadLimits.fields + 1 }, (_, index) => field(`f${index}`, 'x'));
  assert.equal((await send(Readable.from([...many, end]), all)).kind, 'tooLarge');
  const long = field('f', 'x'.repeat(uploadLimits.fieldBytes + 1));
  assert.equal((await send(Readable.from([long, end]), all)).kind, 'tooLarge');
});

test('a form that ends in the middle is refused, also while a file is being read', async () => {
  const outcome = Promise.withResolvers<string>();
  read = async (raw) => {
    try {
      outcome.resolve(JSON.stringify(await all(raw)));
    } catch (error) {
      outcome.resolve((error as { kind?: string }).kind ?? String(error));
    }
  };
  const sent = request({ port, method: 'POST', headers: { 'content-type': type, 'content-length': '100000' } });
  sent.on('error', () => {});
  sent.write(file('a', 'halb.bin'));
  sent.write(Buffer.alloc(10_000), () => sent.destroy());
  assert.equal(await outcome.promise, 'invalid');
});
