import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import * as signing from '#modules/signing';
import * as tenants from '#modules/tenants';
import { integer, oid } from '#platform/der';
import { Failure } from '#platform/errors';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { requireProgram } from '../../../test/tools.ts';
import { crest } from '../../demo/paper/crest.ts';
import { connect } from '../../platform/db.ts';
import { settable } from './rules-content.ts';

const stand = await openStand();
const { anna, dora, emil, ellrich } = await settle(stand);
const folder = await mkdtemp(join(tmpdir(), 'rennsteig-test-pdf-'));
after(() => rm(folder, { recursive: true, force: true }));

/** What one of poppler's programs says of a document. */
async function ask(program: string, bytes: Uint8Array, ...flags: string[]): Promise<string> {
  const path = join(folder, 'document.pdf');
  await writeFile(path, bytes);
  return execFileSync(requireProgram(program), [...flags, path, ...(program === 'pdftotext' ? ['-'] : [])], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { PATH: '/usr/bin:/bin', HOME: folder },
  });
}

const at = new Date('2026-11-23T08:00:00Z');
const letterhead: signing.Letterhead = { name: 'Stadt Ellrich', lines: ['Marktstraße 1', '99755 Ellrich'], crest: null };
const receipt: signing.DocumentContent = {
  title: 'Empfangsbestätigung <Hund & Steuer>',
  language: 'de',
  at,
  letterhead,
  recipient: ['Celik Yılmaz', 'Salzaer Straße 3', '99734 Nordhausen'],
  facts: [{ label: 'Aktenzeichen', value: 'HS-2026-0815' }],
  blocks: [
    { kind: 'heading', text: 'Ihre Angaben' },
    {
      kind: 'answers',
      answers: [
        { question: 'Name des Hundes', answer: 'Šnufi Łapka' },
        { question: 'Rasse', answer: '' },
      ],
    },
    { kind: 'list', items: ['Erstens', 'Zweitens'] },
    {
      kind: 'table',
      head: ['Was', 'Betrag'],
      rows: [
        ['Steuer', '60,00 €'],
        ['Summe', '60,00 €'],
      ],
      numbers: [1],
      hasTotal: true,
    },
    { kind: 'note', text: 'Dieses Dokument trägt ein Siegel.' },
  ],
  files: [
    {
      name: 'Antrag.json',
      type: 'application/json',
      bytes: Buffer.from('{"name":"Šnufi"}'),
      relationship: 'Data',
      description: 'Ihre Angaben',
    },
  ],
};

test('a receipt bears the marks of PDF/A-3a and PDF/UA-1, its fonts, its structure and its data', async () => {
  const { bytes, pages, replaced } = await signing.makeDocument(anna, receipt);
  assert.deepEqual([pages, replaced], [1, []]);
  const metadata = await ask('pdfinfo', bytes, '-meta');
  assert.match(metadata, /<pdfaid:part>3<\/pdfaid:part>\s*<pdfaid:conformance>A</);
  assert.match(metadata, /<pdfuaid:part>1</);
  assert.match(await ask('pdfinfo', bytes), /Title:\s+Empfangsbestätigung <Hund & Steuer>\n[\s\S]*Tagged:\s+yes/);
  const fonts = (await ask('pdffonts', bytes)).trim().split('\n').slice(2);
  assert.ok(
    fonts.length > 0 && fonts.every((line) => /NotoSans-\w+\s+CID TrueType\s+Identity-H\s+yes yes yes/.test(line)),
    fonts.join(),
  );
  const structure = await ask('pdfinfo', bytes, '-struct');
  for (const tag of ['H1', 'H2', 'P', 'L', 'LI', 'LBody', 'Table', 'TR', 'TH', 'TD'])
    assert.match(structure, new RegExp(`^\\s*${tag}\\b`, 'm'));
  assert.match(await ask('pdfdetach', bytes, '-list'), /1: Antrag\.json/);
  const text = await ask('pdftotext', bytes, '-layout');
  for (const part of ['Celik Yılmaz', 'Šnufi Łapka', '60,00 €', 'HS-2026-0815', 'Seite 1 von 1', 'gesiegelt von'])
    assert.ok(text.includes(part), part);
});

test('its metadata is well-formed, whatever the title holds', async () => {
  const { bytes } = await signing.makeDocument(anna, { ...receipt, title: `<&>"'\u0000\u0007 ]]> Ω` }, { isSealed: false });
  const path = join(folder, 'metadata.xml');
  await writeFile(path, await ask('pdfinfo', bytes, '-meta'));
  execFileSync(requireProgram('xmllint'), ['--noout', '--nonet', path]);
});

test('the same content makes the same bytes, and no date but the given one', async () => {
  const make = () => signing.makeDocument(anna, receipt, { isSealed: false });
  const first = await make();
  stand.clock.advance(3_600);
  const second = await make();
  assert.equal(first.sha256, second.sha256);
  const other = await signing.makeDocument(anna, { ...receipt, at: new Date('2026-11-24T08:00:00Z') }, { isSealed: false });
  assert.notEqual(first.sha256, other.sha256);
});

test('the seal is valid over the whole document, and one changed byte shows', async () => {
  const { bytes } = await signing.makeDocument(anna, receipt);
  const said = await ask('pdfsig', bytes);
  assert.match(said, /Signature Validation: Signature is Valid\./);
  assert.match(said, /Total document signed/);
  assert.match(said, /Signature Type: ETSI\.CAdES\.detached/);
  assert.match(said, /Signer Certificate Common Name: Siegel .*Ellrich/);
  assert.match(said, /Signing Hash Algorithm: SHA-256/);
  for (const offset of [200, Math.floor(bytes.length / 2), bytes.length - 10]) {
    const forged = Buffer.from(bytes);
    forged[offset] = (forged[offset] as number) ^ 1;
    assert.doesNotMatch(await ask('pdfsig', forged).catch(() => ''), /Signature is Valid/, `byte ${offset}`);
  }
});

test('an attachment that looks like a signature takes no place of the real one', async () => {
  const bytes = Buffer.from(`/ByteRange [0 9999999999 9999999999 9999999999] /Contents <${'0'.repeat(8_192)}>`);
  const file = { name: 'Falle.txt', type: 'text/plain', bytes, relationship: 'Supplement' } as const;
  const text = '/ByteRange [0 9999999999 9999999999 9999999999]';
  const made = await signing.makeDocument(anna, { ...receipt, blocks: [{ kind: 'paragraph', text }], files: [file] });
  assert.match(
    await ask('pdfsig', made.bytes),
    /Signature is Valid\.[\s\S]*Total document signed|Total document signed[\s\S]*Signature is Valid\./,
  );
});

test('each tenant has its own seal; its key is not in the database, and a new one comes before the old one ends', async () => {
  const [ours, theirs] = [await signing.sealOf(anna), await signing.sealOf(emil)];
  assert.notEqual(ours.fingerprint, theirs.fingerprint);
  assert.equal((await signing.sealOf(dora)).fingerprint, ours.fingerprint);
  const certificate = new X509Certificate(ours.certificate);
  assert.ok(certificate.verify(certificate.publicKey));
  assert.equal(certificate.ca, false);
  assert.match(certificate.subject, /O=.*Ellrich/);
  const sql = connect(stand.owner, { max: 1 });
  const [row] = await sql<{ wrapped: Buffer }[]>`select wrapped from signing.seal where tenant = ${ellrich}`;
  await sql.end();
  assert.ok(row && !row.wrapped.includes(Buffer.from('2a8648ce3d0201', 'hex')), 'no plain EC key');
  stand.clock.advance((3 * 365 - 29) * 86_400);
  const renewed = await signing.sealOf(anna);
  assert.notEqual(renewed.fingerprint, ours.fingerprint);
  assert.match(await ask('pdfsig', (await signing.makeDocument(anna, receipt)).bytes), /Signature is Valid/);
});

test('a seal outlives a renewal of the tenant’s key', async () => {
  const { fingerprint } = await signing.sealOf(anna);
  await stand.house.platform.keys.renew(ellrich);
  assert.match(await ask('pdfsig', (await signing.makeDocument(anna, receipt)).bytes), /Signature is Valid/);
  assert.equal((await signing.sealOf(anna)).fingerprint, fingerprint);
});

test('the letterhead is what the authority has given: name, address, crest', async () => {
  const picture = crest({ charge: 'tower', field: [180, 20, 30], figure: [255, 255, 255] });
  await tenants.setBranding(dora, { tenant: ellrich, name: 'Stadt Ellrich am Harz', crest: picture });
  const head = await signing.letterheadOf(anna);
  assert.ok(head.name === 'Stadt Ellrich am Harz' && head.crest !== null);
  const { bytes } = await signing.makeDocument(anna, { ...receipt, letterhead: head });
  assert.match(await ask('pdftotext', bytes, '-layout'), /Stadt Ellrich am Harz/);
  assert.match(await ask('pdfinfo', bytes, '-struct'), /^\s*Figure/m);
});

test('long tables go on over pages with their head, and rows longer than a page lose nothing', async () => {
  const rows = Array.from({ length: 300 }, (_, index) => [`Posten ${index}`, index === 150 ? 'lang '.repeat(2_000) : '1,00 €']);
  const { bytes, pages } = await signing.makeDocument(anna, {
    ...receipt,
    blocks: [{ kind: 'table', head: ['Was', 'Betrag'], rows }],
  });
  assert.ok(pages > 8);
  const text = await ask('pdftotext', bytes, '-layout');
  for (let index = 0; index < 300; index += 1) assert.match(text, new RegExp(`Posten ${index}\\b`));
  assert.equal(text.match(/\blang\b/g)?.length, 2_000);
  assert.ok((text.match(/Betrag/g)?.length ?? 0) >= pages - 3);
});

test('what the font cannot show is marked and named, never dropped in silence', async () => {
  const blocks = [{ kind: 'paragraph' as const, text: 'Grüße an 李 und Ђорђе, Ελένη, ẞ, ǧ, ŉ' }];
  const { replaced, bytes } = await signing.makeDocument(anna, { ...receipt, blocks });
  assert.deepEqual(replaced, ['李']);
  assert.match(await ask('pdftotext', bytes), /Ђорђе, Ελένη, ẞ, ǧ/);
});

test('a document beyond its limits is refused with a reason', async () => {
  const refused = (error: unknown) => error instanceof Failure && error.code === 'signing.tooLarge';
  const table = { kind: 'table' as const, head: ['a'], rows: Array.from({ length: 10_001 }, () => ['x']) };
  await assert.rejects(signing.makeDocument(anna, { ...receipt, blocks: [table] }), refused);
  const text = { kind: 'paragraph' as const, text: 'x'.repeat(signing.documentLimits.characters + 1) };
  await assert.rejects(signing.makeDocument(anna, { ...receipt, blocks: [text] }), refused);
  const pages = { kind: 'paragraph' as const, text: '\n'.repeat(200_000) };
  await assert.rejects(signing.makeDocument(anna, { ...receipt, blocks: [pages] }), refused);
  assert.equal((await signing.makeDocument(anna, receipt)).pages, 1, 'and the next one is made');
});

test('texts stay readable and whole, whatever is typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const missing = new Set<string>();
      const set = settable(text, (codePoint) => codePoint < 0x2000, missing);
      assert.ok(set.isWellFormed() && !/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u.test(set));
      assert.equal(
        settable(set.replaceAll('\ufffd', '?'), () => true, missing),
        set.replaceAll('\ufffd', '?').normalize('NFC'),
      );
    }),
  );
});

test('no word is longer than a page has room for: whatever is typed can be laid out, and quickly', async () => {
  for (const word of ['W'.repeat(20_000), '\u{1f642}'.repeat(9_000), '\u00a0x'.repeat(9_500)]) {
    const set = settable(word, () => true, new Set());
    assert.ok(!/[^ \n]{301}/u.test(set) && set.replaceAll('\n', '') === word);
  }
  const long = { ...receipt, blocks: [{ kind: 'paragraph' as const, text: 'W'.repeat(20_000) }] };
  assert.ok((await signing.makeDocument(anna, long)).pages > 3);
});

test('DER: numbers and object identifiers as X.690 writes them', () => {
  assert.equal(integer(0).toString('hex'), '020100');
  assert.equal(integer(Buffer.from([0, 0x80])).toString('hex'), '02020080');
  assert.equal(oid('1.2.840.10045.4.3.2').toString('hex'), '06082a8648ce3d040302');
  assert.equal(oid('2.16.840.1.101.3.4.2.1').toString('hex'), '0609608648016503040201');
});
