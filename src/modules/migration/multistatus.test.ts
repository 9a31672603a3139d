import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMultistatus } from './multistatus.ts';

async function* pieces(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text);
}

const around = (properties: string) => [
  '<d:multistatus xmlns:d="DAV:"><d:response><d:href>/a</d:href><d:propstat><d:prop>',
  properties,
  '</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>',
];

test('a property with very many values is read in one go, however a foreign server came to send it', async () => {
  const count = 200_000;
  const [resource] = await readMultistatus(pieces(...around(`<d:owner>${'<d:href>x</d:href>'.repeat(count)}</d:owner>`)));
  assert.equal(resource?.properties.get('owner')?.length, count + 1);
});

test('what is not whole or not well-formed is refused', async () => {
  const whole = around('<d:resourcetype><d:collection/></d:resourcetype>');
  assert.equal((await readMultistatus(pieces(...whole)))[0]?.isFolder, true);
  const broken = [whole.slice(0, 2), ['<!DOCTYPE x [<!ENTITY y "z">]>', ...whole], ['<d:multistatus>'], [`${'<a>'.repeat(40)}`]];
  for (const texts of broken) await assert.rejects(readMultistatus(pieces(...texts)), { code: 'migration.badListing' });
});
