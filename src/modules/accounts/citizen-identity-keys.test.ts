import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openIdentity } from '../../../test/identity.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { readConfig } from '../../config.ts';
import { beginIdentity, receiveIdentity, viewIdentity } from './index.ts';

const { identity, options, setClock } = await openIdentity();
const next = await openIdentity();

/** One sign-in at a house with these settings. */
async function outcomeWith(settings: Readonly<Record<string, string>>): Promise<string | null> {
  const stand = await openStand({ settings: { ...options.settings, ...settings } });
  setClock(() => stand.clock.now());
  const { nobody } = await settle(stand);
  const secret = await beginIdentity(nobody, { purpose: 'prove', level: 'basic' });
  const view = await viewIdentity(nobody, secret);
  const address = view?.state.kind === 'begun' ? view.state.address : '';
  const before = identity.requests.length;
  await (await fetch(address, { redirect: 'manual' })).text();
  if (identity.requests.length === before) return 'not understood';
  const asked = identity.requests.at(-1);
  assert.ok(asked);
  const { SAMLResponse, RelayState } = identity.answer(asked);
  const { refusal } = await receiveIdentity(nobody, { answer: SAMLResponse, relayState: RelayState });
  await stand.close();
  return refusal;
}

test('while the state identity changes its certificate both are accepted, and before it knew nothing of the next', async () => {
  assert.equal(await outcomeWith({}), null);
  const both = identity.rotate();
  assert.equal(await outcomeWith({}), 'untrusted');
  assert.equal(await outcomeWith({ RENNSTEIG_IDENTITY_CERTIFICATES: both.RENNSTEIG_IDENTITY_CERTIFICATES ?? '' }), null);
});

test('settings that do not belong together stop the start with one sentence', () => {
  const { settings = {} } = options;
  const wrong: readonly (readonly [Record<string, string>, RegExp])[] = [
    [{ RENNSTEIG_IDENTITY_ISSUER: '' }, /missing: RENNSTEIG_IDENTITY_ISSUER/],
    [{ RENNSTEIG_IDENTITY_URL: 'http://bund.example/sso' }, /https/],
    [{ RENNSTEIG_IDENTITY_KEY: 'nothing' }, /RSA private key/],
    [{ RENNSTEIG_IDENTITY_CERTIFICATES: 'nothing' }, /certificate in PEM/],
    [{ RENNSTEIG_IDENTITY_CERTIFICATE: next.options.settings?.RENNSTEIG_IDENTITY_CERTIFICATE ?? '' }, /not the certificate of/],
    [{ RENNSTEIG_IDENTITY_OLD_KEY: 'nothing' }, /RENNSTEIG_IDENTITY_OLD_KEY/],
  ];
  for (const [change, sentence] of wrong) assert.throws(() => readConfig([], { ...settings, ...change }), sentence);
  assert.equal(readConfig([], {}).identity, null);
});
