import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import fc from 'fast-check';
import * as accounts from '#modules/accounts';
import * as tenants from '#modules/tenants';
import { listAudit } from '#platform/audit';
import { type Context, systemContext } from '#platform/context';
import { assertRefused } from '../../../test/desk.ts';
import { type PersonName, settle } from '../../../test/people.ts';
import { picture } from '../../../test/picture.ts';
import { openStand } from '../../../test/stand.ts';
import { sweep } from '../accounts/identify.ts';

const stand = await openStand();
const people = await settle(stand);
const { app, platform } = stand.house;

const signs = new Map<PersonName, string>();
async function get(person: PersonName | null, url: string, headers: Record<string, string> = {}) {
  if (person && !signs.has(person)) signs.set(person, (await people.appPassword(person)).authorization);
  return app.inject({ url, headers: { ...headers, ...(person && { authorization: signs.get(person) as string }) } });
}

const addresses = (user: string) => [
  `/index.php/avatar/${user}/128`,
  `/index.php/avatar/${user}/128/dark`,
  `/remote.php/dav/avatars/${user}/128.png`,
];

test('a colleague has a picture at every address clients ask, square and not blank', async () => {
  for (const url of addresses('bernd')) {
    const answer = await get('anna', url);
    assert.equal(answer.statusCode, 200, url);
    assert.equal(answer.headers['content-type'], 'image/png');
    const { width, height } = await loadImage(answer.rawPayload);
    assert.deepEqual([width, height], [128, 128]);
    assert.ok(answer.rawPayload.length > 400, 'a square of one colour is smaller than one with letters in it');
    const again = await get('anna', url, { 'if-none-match': String(answer.headers.etag) });
    assert.equal(again.statusCode, 304);
  }
});

test('nobody sees a picture of people elsewhere, and nobody without signing in', async () => {
  for (const url of addresses('bernd')) {
    assert.equal((await get('emil', url)).statusCode, 404);
    assert.equal((await get(null, url)).statusCode, 401);
  }
  for (const url of addresses('niemand')) assert.equal((await get('anna', url)).statusCode, 404);
});

test('whatever size is asked for, few are drawn', async () => {
  const edge = async (size: string) => {
    const answer = await get('anna', `/index.php/avatar/anna/${size}`);
    return answer.statusCode === 200 ? (await loadImage(answer.rawPayload)).width : answer.statusCode;
  };
  const asked = ['1', '65', '9999', '0', '-3', 'gross', '1e3'];
  assert.deepEqual(await Promise.all(asked.map(edge)), [64, 128, 512, 400, 400, 400, 400]);
});

test('whatever somebody is called, there is a picture', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), async (name) => {
      const wanted = `x${name.replaceAll(/\p{C}|\s/gu, '')}`;
      await accounts.updateProfile(people.bernd, { name: wanted, locale: 'de' });
      assert.equal((await get('anna', '/index.php/avatar/bernd/64')).statusCode, 200, wanted);
    }),
    { numRuns: 15 },
  );
});

test('clients look like the authority’s own: its colour and its crest, or the house’s mark', async () => {
  const themingFor = async (person: PersonName) =>
    (await get(person, '/ocs/v2.php/cloud/capabilities?format=json')).json().ocs.data.capabilities.theming;
  const { url } = stand.house.platform.config;
  const plain = await themingFor('anna');
  assert.equal(plain.logo, `${url}/index.php/apps/theming/image/logo`);
  const mark = await get('anna', '/index.php/apps/theming/image/logo');
  assert.equal(mark.headers['content-type'], 'image/svg+xml');
  await tenants.setBranding(people.dora, { tenant: people.ellrich, name: 'Stadt Ellrich', colour: '#8a2d6a', crest: picture() });
  stand.clock.advance(1);
  const own = await themingFor('anna');
  assert.deepEqual([own.name, own.color], ['Stadt Ellrich', '#8a2d6a']);
  assert.match(own.logo, new RegExp(`^${url}/wappen/${people.ellrich}/`));
  const redirected = await get('anna', '/index.php/apps/theming/image/favicon');
  assert.equal(`${url}${redirected.headers.location}`, own.favicon);
  assert.notEqual((await themingFor('emil')).name, 'Stadt Ellrich');
});

/** A photograph as a telephone makes it: lying on its side, and saying where it was taken. */
function photo(): Buffer {
  const canvas = createCanvas(400, 200);
  const pen = canvas.getContext('2d');
  for (const [index, colour] of ['#f00', '#0f0', '#00f', '#ff0'].entries()) {
    pen.fillStyle = colour;
    pen.fillRect(index * 100, 0, 100, 200);
  }
  const jpeg = canvas.toBuffer('image/jpeg');
  // TIFF 6.0 with one entry, Orientation (0x112) = 6: to be turned right by 90 degrees (Exif 2.3, 4.6.4).
  const tiff = Buffer.from('49492a00080000000100120103000100000006000000000000000000', 'hex');
  const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, Buffer.from('GPS 51.6 10.7')]);
  const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)]);
}

/** Red, green and blue at a place of a picture, each as 0 or 1. */
async function colourAt(bytes: Buffer, x: number, y: number): Promise<number[]> {
  const image = await loadImage(bytes);
  const pen = createCanvas(image.width, image.height).getContext('2d');
  pen.drawImage(image, 0, 0);
  return [...pen.getImageData(x, y, 1, 1).data.subarray(0, 3)].map((value) => Math.round(value / 255));
}

test('Anna chooses a picture: colleagues get its middle, upright, in the size they ask for, and nothing else of the file', async () => {
  await accounts.setPicture(people.anna, photo());
  const etags = new Set<unknown>();
  for (const size of [64, 128, 256, 512]) {
    const answer = await get('bernd', `/index.php/avatar/anna/${size}`);
    assert.deepEqual([answer.statusCode, answer.headers['content-type']], [200, 'image/jpeg']);
    const { width, height } = await loadImage(answer.rawPayload);
    assert.deepEqual([width, height], [size, size]);
    // The second and third stripe, which lie above each other once it is turned.
    assert.deepEqual(await colourAt(answer.rawPayload, size / 2, size / 8), [0, 1, 0]);
    assert.deepEqual(await colourAt(answer.rawPayload, size / 2, (size * 7) / 8), [0, 0, 1]);
    assert.ok(!answer.rawPayload.includes('Exif') && !answer.rawPayload.includes('GPS'), 'drawn anew');
    const same = { 'if-none-match': String(answer.headers.etag) };
    assert.equal((await get('bernd', `/remote.php/dav/avatars/anna/${size}.png`, same)).statusCode, 304);
    etags.add(answer.headers.etag);
  }
  assert.equal(etags.size, 4);
  assert.equal((await get('emil', '/index.php/avatar/anna/64')).statusCode, 404);
});

test('a picture that takes another one’s place has another tag; taken away, the initials are back', async () => {
  const address = '/index.php/avatar/anna/64';
  await accounts.setPicture(people.anna, picture({ shade: 30 }));
  const first = await get('anna', address);
  await accounts.setPicture(people.anna, picture({ width: 90, height: 40, shade: 255 }));
  const second = await get('anna', address);
  assert.notEqual(first.headers.etag, second.headers.etag);
  await accounts.removePicture(people.anna);
  await accounts.removePicture(people.anna);
  assert.equal((await get('anna', address)).headers['content-type'], 'image/png');
  const actions = await listAudit(platform.db.read(people.ellrich), people.ellrich, { action: 'accounts.', limit: 50 });
  const count = (name: string) => actions.filter(({ action }) => action === `accounts.${name}`).length;
  assert.deepEqual([count('setPicture'), count('removePicture')], [3, 1]);
});

test('what is no picture, damaged or too large is refused with a sentence, and the picture stays as it was', async () => {
  await accounts.setPicture(people.bernd, picture({ shade: 30 }));
  const { headers } = await get('anna', '/index.php/avatar/bernd/64');
  const refused: readonly (readonly [Buffer, 'invalid' | 'tooLarge', string])[] = [
    [Buffer.alloc(0), 'invalid', 'accounts.pictureForm'],
    [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'.padEnd(200)), 'invalid', 'accounts.pictureForm'],
    [Buffer.from('%PDF-1.4'.padEnd(200)), 'invalid', 'accounts.pictureForm'],
    [photo().subarray(0, 60), 'invalid', 'accounts.pictureForm'],
    [picture({ width: 30_000, height: 30_000, bytes: 10 }), 'invalid', 'accounts.pictureForm'],
    [Buffer.alloc(accounts.pictureLimits.bytes + 1), 'tooLarge', 'accounts.pictureTooLarge'],
  ];
  for (const [bytes, kind, code] of refused) await assertRefused(accounts.setPicture(people.bernd, bytes), kind, code);
  assert.equal((await get('anna', '/index.php/avatar/bernd/64')).headers.etag, headers.etag);
});

test('nobody chooses a picture with an app password, and whoever has left shows none once the night is over', async () => {
  const { actor } = people.bernd;
  assert.ok(actor.kind === 'account');
  const byAppPassword: Context = { ...people.bernd, actor: { ...actor, via: 'appPassword' } };
  await assertRefused(accounts.setPicture(byAppPassword, picture()), 'forbidden', 'accounts.browserOnly');
  await accounts.disable(people.dora, { account: people.id.bernd });
  assert.equal((await get('anna', '/index.php/avatar/bernd/64')).statusCode, 404);
  await sweep.run(systemContext(platform, tenants.provider, 'test'), null as never);
  await accounts.enable(people.dora, { account: people.id.bernd });
  assert.equal((await get('anna', '/index.php/avatar/bernd/64')).headers['content-type'], 'image/png');
});
