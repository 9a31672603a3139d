import assert from 'node:assert/strict';
import { constants, createCipheriv, createHash, createPrivateKey, publicEncrypt, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { open, openStream, seal, sealStream } from './envelope.ts';
import { type Jwk, makeKeys, publicKey, readJwk } from './keys.ts';
import { type NewEvent, readEvent, signEvent } from './token.ts';

const pair = async (use: 'encrypt' | 'sign') => {
  const { jwk, secret } = await makeKeys(use);
  return {
    jwk,
    open: publicKey(jwk),
    secret: { kid: jwk.kid, key: createPrivateKey({ key: secret, format: 'der', type: 'pkcs8' }) },
  };
};
const [ours, theirs, signer, forger] = await Promise.all([pair('encrypt'), pair('encrypt'), pair('sign'), pair('sign')]);
const most = 4_000_000;
const undecipherable = { code: 'delivery.undecipherable' };

async function* pieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function whole(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts);
}

test('what is sealed comes out again, whole or in pieces of any size, and the length was said right', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 5_000 }),
      fc.integer({ min: 1, max: 700 }),
      fc.integer({ min: 1, max: 700 }),
      async (content, cut, other) => {
        const { length, stream } = sealStream(ours.open, pieces(content, cut), { size: content.length, type: 'text/plain' });
        const sealed = await whole(stream);
        assert.equal(sealed.length, length);
        assert.deepEqual(await whole(openStream(ours.secret, pieces(sealed, other), most)), Buffer.from(content));
        assert.deepEqual(await open(ours.secret, seal(ours.open, content, 'text/plain'), most), Buffer.from(content));
      },
    ),
    { numRuns: 60 },
  );
});

test('any character that is changed, taken away or added is noticed', async () => {
  const sealed = seal(ours.open, 'Antrag auf Anmeldung eines Hundes', 'text/plain');
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ ';
  await fc.assert(
    fc.asyncProperty(
      fc.nat(sealed.length - 1),
      fc.constantFrom(...alphabet),
      fc.constantFrom('change', 'cut', 'add', 'drop'),
      async (at, sign, how) => {
        const changed = {
          change: sealed.slice(0, at) + sign + sealed.slice(at + 1),
          add: sealed.slice(0, at) + sign + sealed.slice(at),
          drop: sealed.slice(0, at) + sealed.slice(at + 1),
          cut: sealed.slice(0, at),
        }[how];
        fc.pre(changed !== sealed);
        await assert.rejects(open(ours.secret, changed, most), undecipherable);
      },
    ),
    { numRuns: 300 },
  );
  await assert.rejects(open(theirs.secret, sealed, most), undecipherable);
  await assert.rejects(open(ours.secret, `${'A'.repeat(20_000)}`, most), undecipherable);
});

/** An envelope as others make them, with a header of one's own. */
function sealAs(header: object, content: Uint8Array): string {
  const key = randomBytes(32);
  const iv = randomBytes(12);
  const head = Buffer.from(JSON.stringify(header)).toString('base64url');
  const wrapped = publicEncrypt({ key: ours.open.key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }, key);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(head));
  const sealed = Buffer.concat([cipher.update(content), cipher.final()]);
  return [head, ...[wrapped, iv, sealed, cipher.getAuthTag()].map((part) => part.toString('base64url'))].join('.');
}

test('packed contents are unpacked within the limit; other ways and marks nobody knows are refused', async () => {
  const header = { alg: 'RSA-OAEP-256', enc: 'A256GCM' };
  const text = Buffer.from('Fachdaten '.repeat(100));
  assert.deepEqual(await open(ours.secret, sealAs({ ...header, zip: 'DEF' }, deflateRawSync(text)), most), text);
  const bomb = sealAs({ ...header, zip: 'DEF' }, deflateRawSync(Buffer.alloc(50_000_000)));
  assert.ok(bomb.length < 100_000);
  await assert.rejects(open(ours.secret, bomb, most), { code: 'delivery.tooLarge' });
  await assert.rejects(open(ours.secret, sealAs(header, Buffer.alloc(most + 1)), most), { code: 'delivery.tooLarge' });
  for (const wrong of [
    { ...header, alg: 'RSA-OAEP' },
    { ...header, alg: 'dir' },
    { ...header, enc: 'A128GCM' },
    { ...header, crit: ['b64'] },
    { ...header, zip: 'GZIP' },
    [],
  ])
    await assert.rejects(open(ours.secret, sealAs(wrong, text), most), undecipherable, JSON.stringify(wrong));
  await assert.rejects(open(ours.secret, sealAs({ ...header, zip: 'DEF' }, text), most), undecipherable);
});

const now = new Date('2026-11-23T08:00:00Z');
const about = {
  submission: '0b7b2d0e-63f1-4c1c-9a5c-6f0c4b2f8c11',
  caseId: 'f3f4c0f4-3f2c-4a7c-8a51-8a37a8b0d0b5',
  issuer: 'us',
};
const problems = [{ type: 'x', title: 'Prüfsumme', detail: 'stimmt nicht', instance: 'data' }];
const verdict: NewEvent = {
  ...about,
  id: 'one-verdict',
  at: now,
  kind: 'reject',
  problems,
  tags: null,
  schema: null,
};
const made = (more: Partial<NewEvent> = {}) => signEvent(signer.secret, { ...verdict, ...more });
const expected = { ...about, since: new Date(now.getTime() - 60_000), now };

test('a verdict is believed from its receiver, about this submission, and as it was signed', () => {
  const schema = 'https://schema.fitko.de/fit-connect/set-payload/1.0.0/set-payload.schema.json';
  const read = { id: 'one-verdict', at: now, kind: 'reject', problems, tags: null, schema };
  assert.deepEqual(readEvent(made(), [forger.open, signer.open], expected), read);
  const tags = { metadata: 'XFBoMYUZodetZdvTiFvSkQ', data: 'UCGiqJxhBI3IFVdPalHHvA', attachments: { [about.caseId]: 'rT99' } };
  const other = { ...read, kind: 'accept', problems: [], tags, schema: schema.replace('1.0.0', '1.2.2') };
  assert.deepEqual(readEvent(made({ kind: 'accept', tags, schema: other.schema }), [signer.open], expected), other);
  const refused = { code: 'delivery.tokenRefused' };
  for (const other of [{ submission: about.caseId }, { caseId: about.submission }, { issuer: 'them' }])
    assert.throws(() => readEvent(made(other), [signer.open], expected), refused);
  for (const at of [new Date(now.getTime() + 3_600_000), new Date(now.getTime() - 3_600_000)])
    assert.throws(() => readEvent(made({ at }), [signer.open], expected), refused);
  assert.throws(() => readEvent(made(), [forger.open], expected), refused);
  // The name of the right key on the signature of another one.
  const forged = signEvent({ kid: signer.jwk.kid, key: forger.secret.key }, { ...verdict, kind: 'accept', problems: [] });
  assert.throws(() => readEvent(forged, [signer.open], expected), refused);
  const [head = '', body = '', signature = ''] = made().split('.');
  const none = Buffer.from(JSON.stringify({ typ: 'secevent+jwt', alg: 'none', kid: signer.jwk.kid })).toString('base64url');
  for (const wrong of [
    `${none}.${body}.`,
    `${none}.${body}.${signature}`,
    `${head}.${body}`,
    '',
    '..',
    `${made()}.x`,
    'x'.repeat(100_000),
  ])
    assert.throws(() => readEvent(wrong, [signer.open], expected), refused);
});

test('any character of a verdict that is changed is noticed', () => {
  const token = made();
  fc.assert(
    fc.property(fc.nat(token.length - 1), fc.constantFrom(...'ABCxyz019-_.'), (at, sign) => {
      fc.pre(token[at] !== sign);
      assert.throws(() => readEvent(token.slice(0, at) + sign + token.slice(at + 1), [signer.open], expected), {
        code: 'delivery.tokenRefused',
      });
    }),
    { numRuns: 300 },
  );
});

test('keys are public, long enough and for their purpose', () => {
  const text = (jwk: object) => JSON.stringify(jwk);
  assert.deepEqual(readJwk(text(ours.jwk), 'encrypt', 'key'), ours.jwk);
  const codeOf = (given: string) => {
    try {
      return String(readJwk(given, 'encrypt', 'key').kid && 'taken');
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  const small: Jwk = { ...ours.jwk, n: randomBytes(256).fill(255, 0, 1).toString('base64url') };
  const whole4096 = ours.secret.key.export({ format: 'jwk' });
  assert.equal(codeOf('{'), 'delivery.keyForm');
  assert.equal(codeOf('null'), 'delivery.keyForm');
  assert.equal(codeOf(text({ kty: 'EC', crv: 'P-256', kid: 'x' })), 'delivery.keyForm');
  assert.equal(codeOf(text({ ...whole4096, kid: 'x' })), 'delivery.keySecret');
  assert.equal(codeOf(text(signer.jwk)), 'delivery.keyPurpose');
  assert.equal(codeOf(text({ ...ours.jwk, kid: undefined })), 'delivery.keyPurpose');
  assert.equal(codeOf(text(small)), 'delivery.keyLength');
  assert.equal(
    createHash('sha256')
      .update(text({ e: ours.jwk.e, kty: 'RSA', n: ours.jwk.n }))
      .digest('base64url'),
    ours.jwk.kid,
  );
});
