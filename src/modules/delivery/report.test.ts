import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSealed, sealOf, sealToken } from '#modules/signing';
import { systemContext } from '#platform/context';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { reportsIn } from './content.ts';
import { aboutSection } from './rules-about.ts';
import { readMetadata, writeMetadata } from './rules-metadata.ts';
import { readReport, reportOn, type Shown } from './rules-report.ts';

/** How an applicant has shown who they are goes along, sealed, and is worth something beside these data only. */

const stand = await openStand();
const { ellrich } = await settle(stand);
const town = systemContext(stand.house.platform, ellrich, 'test');
const sum = 'a'.repeat(128);
const shown: Shown = {
  id: '0b7b2d0e-63f1-4c1c-9a5c-6f0c4b2f8c11',
  server: 'https://ellrich.example',
  now: stand.clock.now(),
  level: 'substantial',
  at: new Date('2026-11-22T08:00:00Z'),
  inWords: 'BundID, Vertrauensniveau substanziell',
  reference: 'H-1',
  sum,
};
const sealed = await sealToken(town, reportOn(shown) ?? {});

const metadataWith = (report: string, of: string) => {
  const written = writeMetadata({
    service: 'urn:rennsteig:formular:hundesteuer',
    name: 'Hundesteuer',
    reference: 'H-1',
    day: '2026-11-22',
    mail: null,
    sum: of,
    files: [],
    payment: null,
    report,
  });
  const read = readMetadata(JSON.stringify(written));
  assert.ok(!('fault' in read));
  return read;
};

test('the levels of the state identity are said as the report has them; an account is no proof', () => {
  const levels = ['basic', 'substantial', 'high'].map((level) => reportOn({ ...shown, level })?.levelOfAssurance);
  assert.deepEqual(levels, [
    'http://bsi.bund.de/eID/LoA/normal',
    'http://bsi.bund.de/eID/LoA/substantiell',
    'http://bsi.bund.de/eID/LoA/hoch',
  ]);
  for (const level of ['none', 'account', 'toString', '']) assert.equal(reportOn({ ...shown, level }), null);
});

test('a report carries the seal of the authority; one changed character, and it is none', async () => {
  const { fingerprint } = await sealOf(town);
  const read = readSealed(sealed);
  assert.equal(read?.fingerprint, fingerprint);
  assert.match(read?.by ?? '', /^Siegel Stadt Ellrich/);
  assert.equal(readReport(read?.statement, sum)?.identificationTime, '2026-11-22T08:00:00.000Z');
  const [head = '', body = '', signature = ''] = sealed.split('.');
  const other = Buffer.from(JSON.stringify({ ...reportOn({ ...shown, level: 'high' }) })).toString('base64url');
  const none = Buffer.from('{"alg":"none"}').toString('base64url');
  for (const wrong of [
    `${head}.${other}.${signature}`,
    `${head}.${body}`,
    `${none}.${body}.`,
    `${sealed}.x`,
    '',
    'x'.repeat(70_000),
  ])
    assert.equal(readSealed(wrong), null, wrong.slice(0, 40));
  for (let at = 0; at < sealed.length; at += 97)
    assert.equal(readSealed(`${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`), null, String(at));
});

test('the office reads it, with the fingerprint; beside other data it counts as not checked', () => {
  const right = metadataWith(sealed, sum);
  const rowOf = (metadata: typeof right) =>
    aboutSection({ metadata, ours: null, reports: reportsIn(metadata) }, 'de')?.rows.find(
      ({ label }) => label === 'Beigefügte Identitätsnachweise',
    )?.value;
  assert.match(rowOf(right) ?? '', /^BundID, Vertrauensniveau substanziell – .*substantiell – .*Siegel Stadt Ellrich.*:/);
  assert.equal(rowOf(metadataWith(sealed, 'b'.repeat(128))), 'nicht geprüft: 1');
  assert.equal(rowOf(metadataWith('e30.e30.AA', sum)), 'nicht geprüft: 1');
});
