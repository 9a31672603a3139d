import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as notifications from '#modules/notifications';
import { assertRefused } from '../../../test/desk.ts';
import { makeFormEditors } from '../../../test/form-editors.ts';
import { settleForms } from '../../../test/forms.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import * as forms from './index.ts';
import { fimNamespace } from './rules-fim.ts';

const stand = await openStand();
const people = await settle(stand);
await settleForms(people);
await makeFormEditors(people);
stand.clock.advance(10);
const [anna, dora, bernd, emil] = await Promise.all([
  people.now('anna'),
  people.now('dora'),
  people.now('bernd'),
  people.now('emil'),
]);
const t = (de: string, en = '') => ({ de, en });
const service = 'veranstaltung-anzeigen';
const nothing = { percent: '', source: '', sources: [], field: '', rows: {}, least: '', most: '', law: '' };

/** A form of Ellrich with a number, and a part of its fee. */
async function write(title: string): Promise<{ form: string; edition: number }> {
  const form = await forms.beginOwnForm(anna, { title: t(title), service, copyOf: null });
  let edition = await forms.addFormPage(anna, { form, edition: 1 }, t('Wie lange?'));
  edition = await forms.addQuestion(anna, { form, edition }, 'wieLange', { kind: 'number', label: t('Tage') });
  const { definition } = await forms.lookAtOwnForm(anna, form);
  const { title: name, intro, declaration, assurance, minutes, days } = definition;
  edition = await forms.saveBasics(
    anna,
    { form, edition },
    {
      title: name,
      intro,
      declaration,
      needs: t(''),
      legal: 'Satzung',
      level: assurance.level,
      levelSource: assurance.source,
      minutes: String(minutes),
      days: String(days),
      names: [],
      mail: '',
      address: '',
    },
  );
  edition = await forms.addFeeItem(anna, { form, edition }, t('Nutzung'));
  return { form, edition };
}

const bellOf = async (ctx: typeof anna) =>
  (await notifications.listNotices(ctx)).map(({ sentence, link }) => ({ sentence, link }));

test('a fee is set without a formula, and worked out with the answers of the test run', async () => {
  const { form, edition } = await write('Zelt leihen');
  const item = { item: 'nutzung' };
  const times = { ...nothing, how: 'times', amount: '45', source: 'tage', label: t('Nutzung') };
  const next = await forms.saveSum(anna, { form, edition }, item, times);
  assert.equal((await forms.lookAtSum(anna, form, item)).line.example, null);
  await forms.answerTrial(anna, form, {
    page: 'wieLange',
    item: 0,
    go: 'next',
    sent: new Map([['tage', ['2']]]),
    files: [],
    removed: 0,
  });
  const fee = await forms.lookAtFee(anna, form);
  assert.equal(fee.items[0]?.example?.text.de, '90,00 € = 2 × 45,00 €');
  assert.equal(fee.total?.de, '90,00 €');
  // Another editor has a test run of their own.
  assert.equal((await forms.lookAtFee(dora, form)).total, null);
  const free = { act: 'add', subject: 'tage', compare: 'atMost', value: '2' } as const;
  await forms.saveCondition(anna, { form, edition: next }, { free: true }, free);
  assert.equal((await forms.lookAtFee(anna, form)).total?.de, 'gebührenfrei');
});

test('two windows, a foreign authority, and what is not there', async () => {
  const { form, edition } = await write('Bühne leihen');
  const typed = { ...nothing, how: 'fixed', amount: '10', label: t('Nutzung') };
  await forms.saveSum(anna, { form, edition }, { item: 'nutzung' }, typed);
  const stale = { code: 'forms.editChanged' };
  await assert.rejects(forms.saveSum(dora, { form, edition }, { item: 'nutzung' }, typed), stale);
  await assert.rejects(forms.arrangeSum(dora, { form, edition }, { item: 'nutzung' }, 'remove'), stale);
  await assert.rejects(forms.placePage(dora, { form, edition }, 'wieLange', null), stale);
  const now = { form, edition: edition + 1 };
  await assert.rejects(forms.saveSum(anna, now, { item: 'weg' }, typed), { code: 'forms.editSumGone' });
  await assert.rejects(forms.saveSum(anna, now, { value: '__proto__' }, typed), { code: 'forms.editSumGone' });
  await assert.rejects(forms.saveCondition(anna, now, { item: 'weg' }, { act: 'clear' }), { code: 'forms.editSumGone' });
  for (const look of [forms.lookAtFee, forms.lookAtValues, forms.lookAtLeft]) {
    await assertRefused(look(emil, form), 'notFound');
    await assertRefused(look(bernd, form), 'forbidden');
  }
  await assertRefused(forms.addValue(emil, now, t('Fremd'), 'money'), 'notFound');
  await assertRefused(forms.tickLeft(emil, form, { number: 1, isDone: true }), 'notFound');
});

test('whoever may release a proposal hears of it, and its author how it ended and why', async () => {
  const { form, edition } = await write('Grill leihen');
  await forms.proposeForm(anna, form, { edition, note: 'Bitte ansehen' });
  const link = `/formulare/eigene/${form}/veroeffentlichen`;
  assert.deepEqual(await bellOf(dora), [
    { sentence: 'Anna Apel hat das Formular „Grill leihen“ vorgeschlagen. Es wartet auf Ihre Freigabe.', link },
  ]);
  assert.deepEqual(await bellOf(anna), []);
  const waits = async (ctx: typeof anna) =>
    (await forms.listOwnForms(ctx)).filter(({ waitsForMe }) => waitsForMe).map(({ key }) => key);
  assert.deepEqual([await waits(dora), await waits(anna)], [[form], []]);

  await assert.rejects(forms.takeBackProposal(dora, form, { edition, reason: '  ' }), { code: 'platform.textMissing' });
  await forms.takeBackProposal(dora, form, { edition, reason: 'Die Gebühr <b>fehlt</b>.' });
  const { refusal, refusedName, state } = await forms.lookAtOwnForm(anna, form);
  assert.deepEqual(
    [refusal, refusedName, state],
    ['Die Gebühr <b>fehlt</b>.', dora.actor.kind === 'account' ? dora.actor.name : '', 'open'],
  );
  assert.match((await bellOf(anna))[0]?.sentence ?? '', /zur Überarbeitung zurückgegeben/);
  assert.deepEqual(await waits(dora), []);

  await forms.proposeForm(anna, form, { edition, note: '' });
  assert.equal((await forms.lookAtOwnForm(anna, form)).refusal, '');
  await forms.approveForm(dora, form, edition);
  assert.match((await bellOf(anna))[0]?.sentence ?? '', /hat Ihr Formular „Grill leihen“ veröffentlicht/);
});

test('one’s own proposal is taken back without a reason, and nobody is told', async () => {
  const { form, edition } = await write('Bank leihen');
  await forms.proposeForm(anna, form, { edition, note: '' });
  const before = await bellOf(anna);
  await forms.takeBackProposal(anna, form, { edition, reason: '' });
  assert.deepEqual(await bellOf(anna), before);
  assert.equal((await forms.lookAtOwnForm(anna, form)).refusal, '');
});

test('what a schema says and a form cannot stays until it is ticked off', async () => {
  const xml = `<x:xdatenfelder.stammdatenschema.0102 xmlns:x="${fimNamespace}"><x:stammdatenschema>
  <x:identifikation><x:id>S00000000001</x:id><x:version>1.0.0</x:version></x:identifikation><x:name>Aus FIM</x:name>
  <x:regel><x:identifikation><x:id>R00000000002</x:id></x:identifikation><x:freitextRegel>Alles &lt;b&gt;muss&lt;/b&gt; stimmen.</x:freitextRegel></x:regel>
  <x:struktur><x:anzahl>1:1</x:anzahl><x:enthaelt><x:datenfeld><x:identifikation><x:id>F00000000001</x:id></x:identifikation>
  <x:name>Name</x:name><x:feldart><code>input</code></x:feldart><x:datentyp><code>text</code></x:datentyp></x:datenfeld></x:enthaelt>
  </x:struktur></x:stammdatenschema></x:xdatenfelder.stammdatenschema.0102>`;
  const { form, left } = await forms.beginFromFim(anna, { service, xml });
  assert.equal(left.length, 1);
  const { view, left: kept } = await forms.lookAtLeft(dora, form);
  assert.deepEqual(view.left, { all: 1, open: 1 });
  assert.equal(kept[0]?.what, left[0]?.what);
  await forms.tickLeft(dora, form, { number: 1, isDone: true });
  await forms.tickLeft(dora, form, { number: 1, isDone: true });
  assert.deepEqual((await forms.lookAtOwnForm(anna, form)).left, { all: 1, open: 0 });
  await forms.tickLeft(anna, form, { number: 1, isDone: false });
  assert.equal((await forms.lookAtLeft(anna, form)).left[0]?.doneName, '');
  await assert.rejects(forms.tickLeft(anna, form, { number: 2, isDone: true }), { code: 'forms.editLeftGone' });
  await forms.discardOwnForm(anna, form, 1);
  await assertRefused(forms.lookAtLeft(anna, form), 'notFound');
});
