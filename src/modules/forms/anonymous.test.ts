import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import * as accounts from '#modules/accounts';
import { type Context, systemContext } from '#platform/context';
import { settleForms } from '../../../test/forms.ts';
import { password, settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { removeDraftOf } from './care.ts';
import { openDraft } from './draft.ts';
import * as forms from './index.ts';

/** What people without an account share, so that a thousand networks cannot fill a municipality's database. */

const [drafts, bytes] = [4, 30_000];
const settings = { RENNSTEIG_ANONYMOUS_DRAFTS: String(drafts), RENNSTEIG_ANONYMOUS_BYTES: String(bytes) };
const stand = await openStand({ settings });
const people = await settle(stand);
await settleForms(people);
const { nobody, house, ellrich } = people;
const town = systemContext(stand.house.platform, ellrich, 'test');
const refused = (code: string, seconds: number) => ({ kind: 'tooMany', code, params: { seconds } });
const full = refused('forms.anonymousMany', 600);

const begin = async (ctx: Context = nobody) =>
  (await forms.beginDraft(ctx, { form: 'hundesteuer', place: '16062005', trap: '' })).token;

const counted = async (name: string) => {
  const text = await stand.house.platform.metrics.text();
  return Number(new RegExp(`^rennsteig_${name}_total (\\d+)`, 'm').exec(text)?.[1] ?? 0);
};

async function citizen(): Promise<Context> {
  const address = 'celik@post.example';
  await accounts.addCitizen(house, { address, name: 'Celik Çetin', kind: 'person', password });
  const { token } = await accounts.signInCitizen(nobody, { address, password });
  const actor = await accounts.citizenBySession(house.platform, token);
  assert.ok(actor);
  return { ...nobody, actor };
}

async function answerFirst(token: string): Promise<void> {
  const view = await forms.lookAtPage(nobody, token, { page: 'what', item: 0 });
  assert.ok('step' in view);
  await forms.savePage(nobody, token, {
    page: 'what',
    item: 0,
    go: 'next',
    step: view.step,
    sent: new Map([['matter', ['register']]]),
  });
}

test('many networks share one ceiling of drafts; what was begun goes on, and an account is not held back', async () => {
  const tokens = [];
  for (let network = 1; network <= drafts; network += 1)
    tokens.push(await begin({ ...nobody, network: `198.51.100.${network}` }));
  const [first = '', second = ''] = tokens;
  await assert.rejects(begin({ ...nobody, network: '203.0.113.7' }), full);
  assert.equal(await counted('anonymous_drafts_refused'), 1);
  await answerFirst(first);
  assert.equal((await forms.resumeDraft(nobody, first)).goTo, 'dogs');
  const celik = await citizen();
  assert.match(await begin(celik), /^konto-/);
  // Another process finds them full, too: it counts what there is, accounts left out.
  const other: Context = { ...nobody, platform: { ...nobody.platform } };
  await assert.rejects(begin(other), full);
  // Room again: a draft is removed, and what was counted is forgotten after ten seconds.
  await removeDraftOf(town, (await openDraft(nobody, second)).draft.id);
  await assert.rejects(begin(), full);
  stand.clock.advance(10);
  await removeDraftOf(town, (await openDraft(nobody, await begin())).draft.id);
});

const pdf = (size: number) => Buffer.from('%PDF-1.7\n'.padEnd(size, 'x'));
const place = { page: 'proof', field: 'exemptProof', name: 'a.pdf' };

test('many networks share one ceiling of bytes, also of files still arriving; answers are kept all the same', async () => {
  stand.clock.advance(10);
  const token = await begin();
  await forms.addFile(nobody, token, { ...place, bytes: Readable.from([pdf(20_000)]) });
  await forms.addFile(nobody, token, { ...place, bytes: Readable.from([pdf(20_001)]) });
  stand.clock.advance(10);
  await assert.rejects(
    forms.addFile(nobody, token, { ...place, bytes: Readable.from([pdf(20_002)]) }),
    refused('forms.anonymousFull', 86_400),
  );
  const port = await stand.house.listen();
  const answer = await fetch(`http://127.0.0.1:${port}/antrag/anhang/${token}`, {
    method: 'POST',
    headers: {
      'tus-resumable': '1.0.0',
      origin: `http://127.0.0.1:${port}`,
      'upload-length': '500',
      'upload-metadata': Object.entries({ page: 'proof', field: 'exemptProof', filename: 'b.pdf' })
        .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
        .join(','),
    },
  });
  assert.deepEqual([answer.status, answer.headers.get('retry-after')], [429, '86400'], await answer.text());
  assert.equal(await counted('anonymous_uploads_refused'), 2);
  await answerFirst(token);
});
