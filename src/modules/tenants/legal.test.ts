import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as tenants from '#modules/tenants';
import { listAudit } from '#platform/audit';
import { assertRefused } from '../../../test/desk.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { layOut, linksIn } from './rules-legal.ts';

const stand = await openStand();
const people = await settle(stand);
const { dora, anna, emil, ellrich, rhoenblick } = people;
const { platform } = stand.house;

const read = async (tenant: number, kind: tenants.LegalKind, locale: 'de' | 'en' = 'de') => {
  const { blocks, language } = await tenants.readLegal(platform, tenant, { kind, locale });
  return { language, text: blocks.flatMap(({ lines }) => lines.map((line) => line.map(({ text }) => text).join(''))).join('\n') };
};

test('without a word from the authority there is a text with its name, in both languages', async () => {
  for (const kind of tenants.legalKinds) {
    for (const locale of ['de', 'en'] as const) {
      const { text, language } = await read(ellrich, kind, locale);
      assert.match(text, /Ellrich/);
      assert.doesNotMatch(text, /undefined|null|\{|\[/);
      assert.equal(language, locale);
    }
  }
});

test('what is known appears in every text, what is empty leaves no trace', async () => {
  assert.doesNotMatch((await read(ellrich, 'imprint')).text, /Telefon|Vertreten|Aufsicht/);
  const contact = { email: 'post@ellrich.example', phone: '03632 000', dataProtection: 'Dr. Kuhn, 03632 001' };
  await tenants.setLegal(dora, { tenant: ellrich, contact });
  await tenants.setLegal(dora, { tenant: ellrich, contact: { representedBy: 'die Bürgermeisterin' } });
  const imprint = (await read(ellrich, 'imprint')).text;
  assert.match(imprint, /Telefon: 03632 000\nE-Mail: post@ellrich.example/);
  assert.match(imprint, /Vertreten durch: die Bürgermeisterin/);
  assert.match((await read(ellrich, 'privacy')).text, /Dr\. Kuhn/);
  assert.match((await read(ellrich, 'accessibility')).text, /E-Mail: post@ellrich\.example/);
  await tenants.setLegal(dora, { tenant: ellrich, contact: { accessibility: 'barriere@ellrich.example' } });
  assert.match((await read(ellrich, 'accessibility')).text, /E-Mail: barriere@ellrich\.example/);
  assert.doesNotMatch((await read(rhoenblick, 'imprint')).text, /03632/);
});

test('a text of one’s own stands until the template is wanted back; the template saved as offered stays the template', async () => {
  await tenants.setLegal(dora, { tenant: ellrich, texts: { imprint: '## Eigenes\r\nZeile eins\r\n\r\n- Punkt' } });
  assert.deepEqual(await read(ellrich, 'imprint', 'en'), { language: 'de', text: 'Eigenes\nZeile eins\nPunkt' });
  assert.ok((await tenants.readLegalSettings(dora, ellrich)).texts.imprint.isOwn);
  await tenants.setLegal(dora, { tenant: ellrich, texts: { imprint: null } });
  const { text } = (await tenants.readLegalSettings(dora, ellrich)).texts.imprint;
  await tenants.setLegal(dora, { tenant: ellrich, texts: { imprint: text } });
  assert.equal((await tenants.readLegalSettings(dora, ellrich)).texts.imprint.isOwn, false);
  const [entry] = await listAudit(platform.db.read(ellrich), ellrich, { action: 'tenants.setLegal', limit: 1 });
  assert.deepEqual(entry?.details, { changed: ['imprint'] });
});

test('only the authority’s own administrators change it, within limits', async () => {
  await assertRefused(tenants.setLegal(anna, { tenant: ellrich, contact: { phone: '1' } }), 'forbidden');
  await assertRefused(tenants.readLegalSettings(anna, ellrich), 'forbidden');
  await assertRefused(tenants.setLegal(emil, { tenant: ellrich, contact: { phone: '1' } }), 'notFound');
  await assertRefused(tenants.setLegal(dora, { tenant: rhoenblick, contact: { phone: '1' } }), 'notFound');
  const { textCharacters, contactCharacters } = tenants.legalLimits;
  const long = (count: number) => 'x'.repeat(count + 1);
  await assertRefused(tenants.setLegal(dora, { tenant: ellrich, texts: { privacy: long(textCharacters) } }), 'invalid');
  await assertRefused(tenants.setLegal(dora, { tenant: ellrich, contact: { phone: long(contactCharacters) } }), 'invalid');
  await assertRefused(tenants.setLegal(dora, { tenant: ellrich, contact: { phone: 'a\u202eb' } }), 'invalid');
  await assertRefused(tenants.setLegal(dora, { tenant: ellrich, contact: { email: 'keine' } }), 'invalid', 'tenants.legalMail');
});

test('links are found and nothing of a line is lost; nothing but web and mail addresses becomes one', () => {
  assert.deepEqual(linksIn('Siehe https://stadt.example/a?b=1. Oder: post@stadt.example!'), [
    { text: 'Siehe ' },
    { text: 'https://stadt.example/a?b=1', href: 'https://stadt.example/a?b=1' },
    { text: '. Oder: ' },
    { text: 'post@stadt.example', href: 'mailto:post@stadt.example' },
    { text: '!' },
  ]);
  const pieces = fc.constantFrom('javascript:', 'https://', 'a.example', '@', 'x', ' ', '"', '<b>', 'data:', 'http://', '.', '?');
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      const line = parts.join('');
      const found = linksIn(line);
      assert.equal(found.map(({ text }) => text).join(''), line);
      for (const { href } of found) assert.ok(href === undefined || /^(https?:\/\/|mailto:)/.test(href));
    }),
  );
});

test('a text is laid out as it is written', () => {
  assert.deepEqual(
    layOut('## A\nb\nc\n\n\n- d\n- e\n\n- f\ng').map(({ kind, lines }) => [kind, lines.length]),
    [
      ['heading', 1],
      ['paragraph', 2],
      ['list', 2],
      ['paragraph', 2],
    ],
  );
  assert.deepEqual(layOut(''), []);
  const long = 'a'.repeat(60_000);
  assert.deepEqual(linksIn(long), [{ text: long }]);
});
