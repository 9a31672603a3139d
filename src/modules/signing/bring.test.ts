import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { systemContext } from '#platform/context';
import { type Issued, issue, pemOf } from '../../../test/certificates.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { requireProgram } from '../../../test/tools.ts';
import * as signing from './index.ts';

/** Ellrich gets a certificate from somebody others trust, and later the next one. */

const stand = await openStand();
const { platform } = stand.house;
const people = await settle(stand);
const { ellrich, rhoenblick, dora } = people;
const town = systemContext(platform, ellrich, 'test');
const folder = mkdtempSync(join(tmpdir(), 'rennsteig-test-seal-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const refused = (code: string) => ({ code: `signing.${code}` });

const issuer = issue('Aussteller', { kind: 'rsa3072' });
const rsa = issue('Siegel RSA', { kind: 'rsa3072', by: issuer });
const ec = issue('Siegel EC', { kind: 'ec', by: issuer, until: '2026-12-20T00:00:00Z' });
const weak = issue('schwach', { kind: 'rsa2048', by: issuer });
const soon = issue('bald', { kind: 'ec', by: issuer, until: '2026-11-25T00:00:00Z' });
const later = issue('morgen', { kind: 'ec', by: issuer, from: '2027-01-01T00:00:00Z' });

type Given = Parameters<typeof signing.bringSeal>[1];

const input = ({ pem, key }: Issued, more: Partial<Given> = {}): Given => ({
  certificates: pem + issuer.pem,
  key: pemOf(key),
  passphrase: '',
  ...more,
});

/** What a PDF program says of the seal of a document. */
function check(bytes: Uint8Array): string {
  const path = join(folder, 'document.pdf');
  writeFileSync(path, bytes);
  return execFileSync(requireProgram('pdfsig'), [path], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

const made = async () => {
  const letterhead: signing.Letterhead = { name: 'Stadt Ellrich', lines: ['Marktstraße 1'], crest: null };
  const content: signing.DocumentContent = {
    title: 'Bescheid',
    language: 'de',
    at: stand.clock.now(),
    letterhead,
    recipient: ['Celik Çetin'],
    facts: [],
    blocks: [{ kind: 'note', text: 'Dieses Dokument trägt ein Siegel.' }],
  };
  return (await signing.makeDocument(town, content)).bytes;
};

const before = await made();

test('what does not fit is refused, and everything stays', async () => {
  const { fingerprint } = await signing.sealOf(town);
  const bring = (given: Given) => signing.bringSeal(town, given);
  await assert.rejects(signing.bringSeal(dora, input(rsa)), { code: 'platform.forbidden' });
  await assert.rejects(bring(input(rsa, { certificates: 'nichts' })), refused('certificateForm'));
  await assert.rejects(bring(input(rsa, { key: 'nichts' })), refused('keyForm'));
  await assert.rejects(bring(input(rsa, { key: pemOf(ec.key) })), refused('keyOther'));
  await assert.rejects(bring(input(weak)), refused('keyWeak'));
  await assert.rejects(bring(input(soon)), refused('certificateTime'));
  await assert.rejects(bring(input(later)), refused('certificateTime'));
  await assert.rejects(bring(input(issuer)), refused('certificateIssues'));
  const wrongWay = rsa.pem + ec.pem;
  await assert.rejects(bring(input(rsa, { certificates: wrongWay })), refused('chainBroken'));
  assert.equal((await signing.sealOf(town)).fingerprint, fingerprint);
});

test('documents and statements carry it, with the certificates of its issuers; those made before stay valid', async () => {
  const cipher = { cipher: 'aes-256-cbc', passphrase: 'geheim' } as const;
  const locked = rsa.key.export({ type: 'pkcs8', format: 'pem', ...cipher }).toString();
  await assert.rejects(signing.bringSeal(town, input(rsa, { key: locked, passphrase: 'falsch' })), refused('keyForm'));
  const { fingerprint } = await signing.bringSeal(town, input(rsa, { key: locked, passphrase: 'geheim' }));
  assert.equal((await signing.sealOf(town)).fingerprint, fingerprint);
  const said = check(await made());
  assert.match(said, /Signature is Valid\./);
  assert.match(said, /Common Name: Siegel RSA/);
  assert.match(said, /Total document signed/);
  assert.match(check(before), /Signature is Valid\./);
  const statement = await signing.sealToken(town, { was: 'gesiegelt' });
  assert.deepEqual(signing.readSealed(statement), { statement: { was: 'gesiegelt' }, by: 'Siegel RSA', fingerprint });
  const header = JSON.parse(Buffer.from(statement.split('.')[0] ?? '', 'base64url').toString());
  assert.deepEqual([header.alg, header.x5c.length], ['PS512', 2]);
});

test('the next one takes its place; the operator sees when it ends, and after that the house goes on with its own', async () => {
  const former = await made();
  await signing.bringSeal(town, input(ec));
  assert.match(check(await made()), /Common Name: Siegel EC/);
  assert.match(check(former), /Signature is Valid\./);
  const [status, ...others] = await signing.sealStatus({ db: platform.db, tenants: [ellrich, rhoenblick] });
  assert.deepEqual([status?.tenant, status?.isBrought, others], [ellrich, true, []]);
  assert.match(status?.issuer ?? '', /CN=Aussteller/);
  const figures = await platform.metrics.registry.getSingleMetricAsString('rennsteig_seal_until_seconds');
  assert.ok(figures.includes(String(Date.parse('2026-12-20T00:00:00Z') / 1_000)), figures);
  // Ten days before its end it still counts: only the operator can get another one.
  stand.clock.advance(17 * 86_400);
  assert.match(check(await made()), /Common Name: Siegel EC/);
  stand.clock.advance(20 * 86_400);
  assert.match(check(await made()), /Common Name: Siegel Stadt Ellrich/);
});
