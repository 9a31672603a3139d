import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import fc from 'fast-check';
import * as files from '#modules/files';
import { systemContext } from '#platform/context';
import { davClient } from '../../../test/dav.ts';
import { assertRefused, deskOf } from '../../../test/desk.ts';
import { settle } from '../../../test/people.ts';
import { picture } from '../../../test/picture.ts';
import { openStand } from '../../../test/stand.ts';
import { connect } from '../../platform/db.ts';
import { drawingOf, sizeOf } from '../../platform/picture-kind.ts';
import { drawSmall } from '../../platform/pictures.ts';
import { removeReleased, sweepOrphans } from '../files/care.ts';
import { forgetOldPreviews } from './care.ts';
import { preview } from './preview.ts';
import { limits, mayBeDrawn, stepFor, steps } from './rules.ts';

const stand = await openStand();
const people = await settle(stand);
const { anna, bernd, dora, id, ellrich } = people;
const { app, platform } = stand.house;
const desk = deskOf(anna);
const house = systemContext(platform, ellrich, 'test');

/** A PDF of one page with a red square, with a cross-reference table that fits. */
function pdf(content = '1 0 0 rg 0 0 100 100 re f'): Buffer {
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<<>>>>',
    `<</Length ${content.length}>>stream\n${content}\nendstream`,
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj${object}endobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  return Buffer.from(
    `${text}xref\n0 5\n0000000000 65535 f \n${table}trailer<</Size 5/Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF\n`,
  );
}

function photo(width: number, height: number, type: 'jpeg' | 'webp' = 'jpeg'): Buffer {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#00f';
  context.fillRect(0, 0, width, height);
  return type === 'jpeg' ? canvas.toBuffer('image/jpeg') : canvas.toBuffer('image/webp');
}

/** Size and colour (left, middle) of a drawn picture. */
async function look(bytes: Uint8Array) {
  const image = await loadImage(Buffer.from(bytes));
  const canvas = createCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const [red = 0, green = 0, blue = 0] = context.getImageData(2, Math.floor(image.height / 2), 1, 1).data;
  return { size: [image.width, image.height], colour: [red > 128, green > 128, blue > 128] };
}

const isWebp = (bytes: Buffer) => bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';

test('pictures and first pages of PDF are drawn small, and never larger than they are', async () => {
  await desk.write('Luftbild.jpg', photo(1_200, 800));
  await desk.write('Klein.png', picture({ width: 40, height: 20 }));
  await desk.write('Neu.webp', photo(300, 600, 'webp'));
  await desk.write('Bescheid.pdf', pdf());
  const sizeIn = async (name: string, pixels: number) => {
    const { bytes } = await files.previewOf(anna, await desk.at(name), pixels);
    assert.ok(isWebp(bytes));
    return (await look(bytes)).size;
  };
  assert.deepEqual(await sizeIn('Luftbild.jpg', 200), [256, 171]);
  assert.deepEqual(await sizeIn('Luftbild.jpg', 9_999), [1_024, 683]);
  assert.deepEqual(await sizeIn('Klein.png', 256), [40, 20]);
  assert.deepEqual(await sizeIn('Neu.webp', 128), [64, 128]);
  const { bytes } = await files.previewOf(anna, await desk.at('Bescheid.pdf'), 256);
  assert.deepEqual(await look(bytes), { size: [256, 128], colour: [true, false, false] });
});

test('what cannot be drawn is no picture, whatever it says it is; and the next one is drawn all the same', async () => {
  const hostile: Readonly<Record<string, Buffer>> = {
    'Bombe.png': picture({ width: 30_000, height: 30_000, bytes: 10 }),
    'Streifen.png': picture({ width: 1_000_000, height: 1, bytes: 10 }),
    'Lüge.png': picture({ width: 100, height: 100, bytes: 10 }).subarray(0, 60),
    'Seite.png': Buffer.from('<html><script>alert(1)</script></html>'.repeat(4)),
    'Vektor.png': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'),
    'Schein.pdf': Buffer.from('%PDF-1.7 nichts'),
    'Schleife.pdf': pdf('q '.repeat(5_000)),
    'Leer.pdf': Buffer.alloc(2_000),
  };
  for (const [name, bytes] of Object.entries(hostile)) {
    await desk.write(name, bytes);
    const outcome = await files.previewOf(anna, await desk.at(name), 64).catch((error) => error.code);
    if (typeof outcome !== 'string') assert.ok(isWebp(outcome.bytes), name);
    else assert.equal(outcome, 'files.noPreview', name);
  }
  for (const name of ['Bombe.png', 'Streifen.png', 'Seite.png', 'Vektor.png', 'Schein.pdf', 'Leer.pdf'])
    await assertRefused(files.previewOf(anna, await desk.at(name), 128), 'notFound', 'files.noPreview');
  await desk.write('Gut.png', picture());
  assert.ok(isWebp((await files.previewOf(anna, await desk.at('Gut.png'), 64)).bytes));
});

test('noise never does more than give no picture', async () => {
  const starts = fc.constantFrom(photo(50, 50), picture(), pdf());
  await fc.assert(
    fc.asyncProperty(
      starts,
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 30 }),
      async (start, harm) => {
        const bytes = Buffer.from(start);
        for (const [at, value] of harm) bytes[32 + (at % (bytes.length - 32))] = value;
        const kind = drawingOf(bytes);
        if (kind === null) return;
        const drawn = await drawSmall(kind, bytes, 64);
        assert.ok(drawn === null || isWebp(Buffer.from(drawn)));
      },
    ),
    { numRuns: 60 },
  );
});

test('of many that are asked for at once only a few contents are in memory', async () => {
  const all = Promise.withResolvers<void>();
  let [reading, most, refused] = [0, 0, 0];
  const read = async () => {
    reading += 1;
    most = Math.max(most, reading);
    await all.promise;
    reading -= 1;
    return Buffer.alloc(100);
  };
  const ask = async (_: unknown, index: number) => {
    try {
      await preview(house, { blob: `erfunden-${index}`, name: 'Foto.jpg', size: 100, read }, 64);
    } catch (error) {
      assert.equal((error as { kind: string }).kind, 'unavailable');
      refused += 1;
      // Four are read, a hundred wait, and the others have heard that there is too much to do.
      if (refused === 16) all.resolve();
    }
  };
  await Promise.all(Array.from({ length: 120 }, ask));
  assert.deepEqual([most, refused], [4, 16]);
});

test('a preview is for those who may read the file, and only as a picture drawn by us', async () => {
  await files.createSpace(dora, { name: 'Bauamt' }, [{ principal: id.anna, role: 'editor' }]);
  await desk.write('Bauamt/Plan.pdf', pdf());
  const plan = await desk.at('Bauamt/Plan.pdf');
  const get = async (who: 'anna' | 'bernd' | 'emil' | null, headers: Record<string, string> = {}) =>
    app.inject({
      url: `/dateien/vorschau/${plan.node.id}?pixel=128`,
      headers: { ...(who && { cookie: await people.cookie(who) }), ...headers },
    });
  const answer = await get('anna');
  assert.deepEqual([answer.statusCode, answer.headers['content-type']], [200, 'image/webp']);
  assert.match(String(answer.headers['content-security-policy']), /sandbox/);
  assert.equal(answer.headers['x-content-type-options'], 'nosniff');
  assert.match(String(answer.headers['cache-control']), /^private/);
  assert.equal((await get('anna', { 'if-none-match': String(answer.headers.etag) })).statusCode, 304);
  assert.deepEqual(
    [(await get('bernd')).statusCode, (await get('emil')).statusCode, (await get(null)).statusCode],
    [404, 404, 401],
  );
  await desk.write('Bauamt/Keins.pdf', 'x');
  const none = (await desk.at('Bauamt/Keins.pdf')).node.id;
  const empty = await app.inject({ url: `/dateien/vorschau/${none}`, headers: { cookie: await people.cookie('anna') } });
  assert.deepEqual([empty.statusCode, empty.body], [204, '']);
  await assertRefused(files.previewOf(bernd, { ...plan, role: null as never }, 64), 'notFound');
});

test('the apps get previews by id and by path, with an app password', async () => {
  const port = await stand.house.listen();
  const client = davClient(port, await people.appPassword('anna'));
  await desk.folder('Fotos');
  await desk.write('Fotos/Fest & Feier.jpg', photo(400, 200));
  const { node } = await desk.at('Fotos/Fest & Feier.jpg');
  const path = 'Fotos/Fest%20%26%20Feier.jpg';
  const addresses = [
    `/index.php/core/preview?fileId=${node.id}&x=256&y=256&a=1&mode=cover&forceIcon=0`,
    `/index.php/core/preview.png?file=%2F${encodeURIComponent('Fotos/Fest & Feier.jpg')}&x=200&y=200&a=1`,
    `/index.php/apps/files/api/v1/thumbnail/200/200/${path}`,
  ];
  for (const address of addresses) {
    const answer = await client.get(address);
    assert.equal(answer.status, 200, address);
    assert.deepEqual((await look(Buffer.from(await answer.arrayBuffer()))).size, [256, 128]);
    assert.equal((await fetch(`http://127.0.0.1:${port}${address}`)).status, 401);
    const other = davClient(port, await people.appPassword('bernd'));
    assert.equal(await other.status('GET', address), 404);
  }
  for (const wrong of [
    '/index.php/core/preview?fileId=x',
    '/index.php/core/preview?fileId=1&fileId=2',
    '/index.php/core/preview.png?file=..%2Fx',
  ])
    assert.ok([400, 404].includes(await client.status('GET', wrong)), wrong);
  assert.equal(await client.status('GET', '/index.php/core/preview'), 400);
  const shown = await client.propfind('Fotos', ['nc:has-preview'], '1');
  assert.deepEqual(
    shown.map(({ found }) => found['nc:has-preview']),
    ['false', 'true'],
  );
});

test('a name is no promise: bytes are drawn as what they are, also after a rename; what failed is tried again the next day', async () => {
  await desk.write('Foto.pdf', photo(100, 50));
  assert.deepEqual((await look((await files.previewOf(anna, await desk.at('Foto.pdf'), 64)).bytes)).size, [64, 32]);
  await desk.write('Später.png', 'noch kein Bild');
  const file = await desk.at('Später.png');
  await assertRefused(files.previewOf(anna, file, 64), 'notFound');
  const sql = connect(stand.app, { max: 1 });
  await sql`select set_config('app.tenant', ${String(ellrich)}, false)`;
  const count = async () => (await sql`select 1 from previews.picture where source = ${file.node.blob}`).length;
  assert.equal(await count(), 1, 'known to be none, and not read again for every look');
  stand.clock.advance(2 * 86_400);
  await forgetOldPreviews(house);
  assert.equal(await count(), 0);
  await sql.end();
});

const blobs = async () => (await Array.fromAsync(platform.blobs.list(ellrich))).length;

test('what was drawn is kept once, survives the sweep, is drawn again when it is lost, and goes with its content', async () => {
  await desk.write('Vergänglich.png', picture({ width: 90, height: 90, shade: 33 }));
  const file = await desk.at('Vergänglich.png');
  const before = await blobs();
  const [first, same] = await Promise.all([files.previewOf(anna, file, 64), files.previewOf(anna, file, 50)]);
  assert.deepEqual(first, same);
  await files.previewOf(anna, file, 64);
  assert.equal(await blobs(), before + 1);
  stand.clock.advance(20 * 86_400);
  await sweepOrphans(house);
  assert.equal(await blobs(), before + 1, 'the sweep knows it');
  stand.clock.advance(20 * 86_400);
  await forgetOldPreviews(house);
  await files.previewOf(anna, file, 64);
  await desk.trash('Vergänglich.png');
  await files.emptyTrash(anna, await desk.at(''));
  const kept = await blobs();
  stand.clock.advance(2 * 86_400);
  await removeReleased(house);
  assert.equal(await blobs(), kept - 2, 'the content and what was drawn of it');
});

test('sizes are few, and always enough up to the largest', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5_000 }), (wanted) => {
      const step = stepFor(wanted);
      assert.ok(steps.includes(step) && (step >= wanted || step === 1_024));
    }),
  );
});

test('the size is read from any bytes without harm, and rightly from pictures', () => {
  const head = fc.constantFrom(
    '\x89PNG\r\n\x1a\n',
    '\xff\xd8\xff',
    'GIF89a',
    'RIFF0000WEBPVP8X',
    'RIFF0000WEBPVP8L',
    'RIFF0000WEBPVP8 ',
    'BM',
    '',
  );
  fc.assert(
    fc.property(head, fc.uint8Array({ maxLength: 400 }), (start, rest) => {
      const bytes = Buffer.concat([Buffer.from(start, 'latin1'), rest]);
      assert.doesNotThrow(() => sizeOf(bytes));
      assert.doesNotThrow(() => drawingOf(bytes));
    }),
  );
  const sides = fc.integer({ min: 1, max: 300 });
  fc.assert(
    fc.property(sides, sides, (width, height) => {
      for (const bytes of [photo(width, height), photo(width, height, 'webp'), picture({ width, height })])
        assert.deepEqual(sizeOf(bytes), { width, height });
    }),
    { numRuns: 15 },
  );
  // A marker without a length, and behind it bytes that would be one: the decoder reads on where we would not have looked.
  const plain = photo(300, 200);
  const hidden = Buffer.concat([plain.subarray(0, 2), Buffer.from([0xff, 0x01]), plain.subarray(2)]);
  assert.deepEqual(sizeOf(hidden), { width: 300, height: 200 });
  assert.equal(sizeOf(Buffer.concat([plain.subarray(0, 2), Buffer.from([0xff, 0x00]), plain.subarray(2)])), null);
  assert.deepEqual([mayBeDrawn('Plan.PDF', limits.sourceBytes), mayBeDrawn('Plan.pdf', limits.sourceBytes + 1)], [true, false]);
  for (const name of ['a.svg', 'a.html', 'a', 'png', 'a.pdf.exe']) assert.equal(mayBeDrawn(name, 10), false);
});
