import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as forms from '#modules/forms';
import { rushLimits } from '../../src/platform/rush.ts';
import { ensurePages } from '../../src/web/build.ts';
import { settleForms } from '../forms.ts';
import { settle } from '../people.ts';
import { openStand } from '../stand.ts';

/** More people at once than one process serves: they are told so, and nobody's answer is lost. */

await ensurePages();
const stand = await openStand();
const people = await settle(stand);
await settleForms(people);
const { app } = stand.house;
const { nobody } = people;
const drafts = 60;
const crowd = rushLimits.underWay + rushLimits.asks + 150;

type Draft = { readonly token: string; readonly step: string };

async function begin(number: number): Promise<Draft> {
  const visitor = { ...nobody, network: `198.51.100.${number}` };
  const { token } = await forms.beginDraft(visitor, { form: 'hundesteuer', place: '16062005', trap: '' });
  const view = await forms.lookAtPage(visitor, token, { page: 'what', item: 0 });
  if (!('step' in view)) throw new Error('the form does not begin');
  return { token, step: view.step };
}

const formHeaders = {
  host: 'localhost',
  origin: 'http://localhost',
  'sec-fetch-site': 'same-origin',
  'content-type': 'application/x-www-form-urlencoded',
};

const send = ({ token, step }: Draft) =>
  app.inject({
    method: 'POST',
    url: `/antrag/hundesteuer/${token}/what`,
    headers: formHeaders,
    payload: new URLSearchParams({ _step: step, _go: 'next', matter: 'deregister' }).toString(),
  });

test('in a rush some are shown an honest page, every answer is kept, and those who work here are not held up', async () => {
  const begun = await Promise.all(Array.from({ length: drafts }, (_, number) => begin(number + 1)));
  const cookie = await people.cookie('anna');
  const visitors = Array.from({ length: crowd }, () => app.inject({ url: '/suche', headers: { host: 'localhost' } }));
  const answers = begun.map(send);
  const clerk = app.inject({ url: '/eingang', headers: { host: 'localhost', cookie } });
  assert.equal((await clerk).statusCode, 200);
  for (const answer of await Promise.all(answers)) {
    assert.equal(answer.statusCode, 302);
    assert.match(String(answer.headers.location), /\/gone$/);
  }
  const seen = await Promise.all(visitors);
  const turned = seen.filter(({ statusCode }) => statusCode === 503);
  assert.equal(seen.filter(({ statusCode }) => statusCode === 200).length + turned.length, crowd);
  assert.ok(turned.length >= 100, String(turned.length));
  for (const { body, headers } of turned.slice(0, 5)) {
    assert.match(body, /Gerade ist sehr viel los/);
    assert.match(body, /Was Sie schon gespeichert haben, ist sicher/);
    assert.doesNotMatch(body, /http-equiv|<script/);
    assert.ok(Number(headers['retry-after']) >= 8 && Number(headers['retry-after']) <= 20);
    assert.match(String(headers['content-security-policy']), /script-src 'none'/);
  }
  for (const { token } of begun) {
    const view = await forms.lookAtPage(nobody, token, { page: 'gone', item: 0 });
    assert.ok('step' in view);
  }
});

test('an answer nobody could take comes back in the page, as it was typed, to be sent with one button; sent twice it counts once', async () => {
  const draft = await begin(200);
  const given = { _step: draft.step, _go: 'next', matter: 'deregister', note: '"<b>Zwei\nZeilen</b>', website: 'robot' };
  const payload = new URLSearchParams(given).toString();
  // Some of the line are served while the others come in.
  const sent = Array.from({ length: rushLimits.answers + rushLimits.underWay + 1_500 }, () =>
    app.inject({ method: 'POST', url: '/antrag/hundesteuer?ort=x', headers: formHeaders, payload }),
  );
  const refused = (await Promise.all(sent)).find(({ statusCode }) => statusCode === 503);
  assert.ok(refused);
  assert.match(refused.body, /noch nicht gespeichert/);
  assert.doesNotMatch(refused.body, /<b>|http-equiv/);
  const fields = [...refused.body.matchAll(/name="([^"]*)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
    name,
    value.replaceAll('&#10;', '\n').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"'),
  ]);
  assert.deepEqual(Object.fromEntries(fields), given);
  for (let time = 0; time < 2; time += 1) {
    const again = await app.inject({
      method: 'POST',
      url: `/antrag/hundesteuer/${draft.token}/what`,
      headers: formHeaders,
      payload: new URLSearchParams(fields as [string, string][]).toString(),
    });
    assert.equal(again.statusCode, 302);
  }
});
