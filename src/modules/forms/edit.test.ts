import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setRoles } from '#modules/accounts';
import { assertRefused } from '../../../test/desk.ts';
import { makeFormEditors } from '../../../test/form-editors.ts';
import { settleForms } from '../../../test/forms.ts';
import { settle } from '../../../test/people.ts';
import { workOff } from '../../../test/queue.ts';
import { openStand } from '../../../test/stand.ts';
import * as forms from './index.ts';
import { fimNamespace } from './rules-fim.ts';

const stand = await openStand();
const people = await settle(stand);
await settleForms(people);
await makeFormEditors(people);
stand.clock.advance(10);
const [anna, dora, emil] = await Promise.all([people.now('anna'), people.now('dora'), people.now('emil')]);
const t = (de: string, en = '') => ({ de, en });
const service = 'veranstaltung-anzeigen';

/** A form of Ellrich with two pages; resolves with its key and edition. */
async function write(title = 'Grillplatz mieten'): Promise<{ form: string; edition: number }> {
  const form = await forms.beginOwnForm(anna, { title: t(title), service, copyOf: null });
  let edition = await forms.addFormPage(anna, { form, edition: 1 }, t('Was haben Sie vor?'));
  const [page] = (await forms.lookAtOwnForm(anna, form)).definition.pages;
  const key = page?.key ?? '';
  edition = await forms.addQuestion(anna, { form, edition }, key, { kind: 'yesNo', label: t('Mit Zelt') });
  edition = await forms.addFormPage(anna, { form, edition }, t('Das Zelt'));
  edition = await forms.addQuestion(anna, { form, edition }, 'dasZelt', { kind: 'number', label: t('Fläche') });
  const rule = { act: 'add', subject: 'mitZelt', compare: 'is', value: 'yes' } as const;
  edition = await forms.saveCondition(anna, { form, edition }, { page: 'dasZelt' }, rule);
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
      legal: 'Benutzungssatzung',
      level: assurance.level,
      levelSource: assurance.source,
      minutes: String(minutes),
      days: String(days),
      names: [],
      mail: '',
      address: '',
    },
  );
  return { form, edition };
}

test('a form of one’s own begins empty, and every step is an edition that can be taken back', async () => {
  const { form, edition } = await write('Hüpfburg leihen');
  assert.match(form, /^ellrich-huepfburg-leihen$/);
  const view = await forms.lookAtOwnForm(anna, form);
  assert.equal(view.edition, edition);
  assert.deepEqual(
    view.findings.filter(({ weight }) => weight === 'wrong'),
    [],
  );
  const back = await forms.undoOwnForm(anna, form, edition);
  const once = await forms.lookAtOwnForm(anna, form);
  assert.deepEqual(once.definition.legal, []);
  const twice = await forms.undoOwnForm(anna, form, back);
  const { definition } = await forms.lookAtOwnForm(anna, form);
  assert.equal(definition.pages[1]?.when, undefined);
  const restored = await forms.restoreEdition(anna, form, { edition: twice, wanted: edition });
  assert.deepEqual((await forms.lookAtOwnForm(anna, form)).definition, view.definition);
  const editions = await forms.listEditions(anna, form);
  assert.deepEqual(
    editions.slice(0, 3).map(({ did }) => did.step),
    ['restore', 'undo', 'undo'],
  );
  assert.equal(editions[0]?.edition, restored);
});

test('forms of one name are told apart by a number, and long names stay short enough', async () => {
  const begin = (title: string) => forms.beginOwnForm(anna, { title: t(title), service, copyOf: null });
  const long = 'A b c d e f g h i j k l m n o p q r s t u v w x y z';
  const keys = [await begin('Gleich'), await begin('Gleich'), await begin(long), await begin(long)];
  assert.deepEqual(keys.slice(0, 2), ['ellrich-gleich', 'ellrich-gleich2']);
  for (const key of keys) assert.match(key, /^[a-z][a-z0-9-]{1,59}$/);
});

test('undo ends at the beginning', async () => {
  const form = await forms.beginOwnForm(anna, { title: t('Kurz'), service, copyOf: null });
  await assertRefused(forms.undoOwnForm(anna, form, 1), 'conflict', 'forms.editNothingToUndo');
  const edition = await forms.addFormPage(anna, { form, edition: 1 }, t('Eins'));
  const back = await forms.undoOwnForm(anna, form, edition);
  assert.equal((await forms.lookAtOwnForm(anna, form)).canUndo, false);
  await assertRefused(forms.undoOwnForm(anna, form, back), 'conflict', 'forms.editNothingToUndo');
});

test('two windows: the second step of an old edition is refused, and nothing is lost', async () => {
  const form = await forms.beginOwnForm(anna, { title: t('Zwei Fenster'), service, copyOf: null });
  const both = await Promise.allSettled([
    forms.addFormPage(anna, { form, edition: 1 }, t('Eins')),
    forms.addFormPage(dora, { form, edition: 1 }, t('Zwei')),
  ]);
  assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  assert.equal((await forms.lookAtOwnForm(anna, form)).definition.pages.length, 1);
  await assertRefused(forms.addFormPage(anna, { form, edition: 1 }, t('Drei')), 'conflict', 'forms.editChanged');
});

test('only editors write, and nobody sees another authority’s forms', async () => {
  const { form, edition } = await write();
  await assertRefused(forms.lookAtOwnForm(people.nobody, form), 'unauthenticated');
  await assertRefused(forms.lookAtOwnForm(people.bernd, form), 'forbidden');
  await assertRefused(forms.listOwnForms(people.bernd), 'forbidden');
  await assertRefused(forms.lookAtOwnForm(emil, form), 'notFound');
  await assertRefused(forms.addFormPage(emil, { form, edition }, t('Fremd')), 'notFound');
  await assertRefused(forms.approveForm(emil, form, edition), 'notFound');
  await assertRefused(forms.lookAtTrial(emil, form, { page: '', item: 0 }), 'notFound');
  assert.deepEqual(await forms.listOwnForms(emil), []);
  await assertRefused(forms.continueForm(anna, 'hundesteuer'), 'forbidden', 'forms.editForeign');
});

test('a published form and a schema of FIM can be the beginning', async () => {
  const copy = await forms.beginOwnForm(anna, { title: t('Unser Hund'), service, copyOf: 'hundesteuer' });
  const { definition, findings } = await forms.lookAtOwnForm(anna, copy);
  assert.ok(definition.pages.length > 5);
  assert.deepEqual([definition.key, definition.title.de], [copy, 'Unser Hund']);
  assert.deepEqual(
    findings.filter(({ weight }) => weight === 'wrong'),
    [],
  );
  const xml = `<x:xdatenfelder.stammdatenschema.0102 xmlns:x="${fimNamespace}"><x:stammdatenschema>
    <x:identifikation><x:id>S00000000001</x:id><x:version>1.0.0</x:version></x:identifikation><x:name>Probe</x:name>
    <x:struktur><x:anzahl>1:1</x:anzahl><x:enthaelt><x:datenfeld><x:identifikation><x:id>F00000000001</x:id></x:identifikation>
    <x:name>Name</x:name><x:feldart><code>input</code></x:feldart><x:datentyp><code>text</code></x:datentyp></x:datenfeld></x:enthaelt>
    </x:struktur></x:stammdatenschema></x:xdatenfelder.stammdatenschema.0102>`;
  const { form } = await forms.beginFromFim(anna, { service, xml });
  assert.ok((await forms.lookAtOwnForm(anna, form)).definition.pages.length > 0);
  await assertRefused(forms.beginFromFim(anna, { service, xml: '<weg/>' }), 'invalid');
  await assertRefused(forms.beginOwnForm(anna, { title: t('X'), service: 'gibt-es-nicht', copyOf: null }), 'notFound');
  await assertRefused(forms.beginOwnForm(anna, { title: t(''), service, copyOf: null }), 'invalid', 'platform.textMissing');
});

test('one proposes, another publishes; what was begun before stays as it was', async () => {
  const { form, edition } = await write('Zelt anmelden');
  await forms.proposeForm(anna, form, { edition, note: 'Bitte ansehen' });
  await assertRefused(forms.addFormPage(anna, { form, edition }, t('Noch eine')), 'conflict', 'forms.editState');
  await assertRefused(forms.approveForm(anna, form, edition), 'forbidden', 'forms.editOwnProposal');
  await assertRefused(forms.approveForm(dora, form, edition - 1), 'conflict', 'forms.editChanged');
  assert.equal((await forms.lookAtProposal(dora, form)).differences, null);
  await forms.approveForm(dora, form, edition);
  await assertRefused(forms.approveForm(dora, form, edition), 'conflict', 'forms.editState');
  await workOff(stand);
  assert.equal((await forms.lookAtOwnForm(anna, form)).version, 1);
  assert.ok((await forms.listLocal(anna)).some(({ key }) => key === form));
  assert.ok(!(await forms.listLocal(emil)).some(({ key }) => key === form));

  const taken = async (service: string, authority = '16062005.stadt') =>
    (await forms.takenForms(people.nobody, { service, form: null, authority })).map(({ key }) => key);
  assert.ok(!(await taken(service)).includes(form));
  await forms.setOverlay(anna, form, { content: { ...forms.noOverlay, isOffered: true }, edition: 0 });
  await workOff(stand);
  // From now on the page of the service leads to it, in this town only and for this service only.
  assert.ok((await taken(service)).includes(form));
  assert.ok(!(await taken(service, '16062063.stadt')).includes(form));
  assert.ok(!(await taken('hundesteuer')).includes(form));
  const { token, page } = await forms.beginDraft(people.nobody, { form, place: '16062005', trap: '' });
  const next = await forms.addQuestion(anna, { form, edition }, page, { kind: 'text', label: t('Wo?') });
  await forms.proposeForm(dora, form, { edition: next, note: '' });
  const { differences } = await forms.lookAtProposal(anna, form);
  assert.deepEqual(
    differences?.map(({ de }) => de),
    ['Seite „Was haben Sie vor?“: neue Frage „Wo?“.'],
  );
  await forms.approveForm(anna, form, next);
  await workOff(stand);
  assert.equal((await forms.lookAtOwnForm(anna, form)).version, 2);
  const begun = await forms.lookAtPage(people.nobody, token, { page, item: 0 });
  assert.ok('questions' in begun && begun.questions.length === 1);
  const { token: later } = await forms.beginDraft(people.nobody, { form, place: '16062005', trap: '' });
  const fresh = await forms.lookAtPage(people.nobody, later, { page, item: 0 });
  assert.ok('questions' in fresh && fresh.questions.length === 2);
  await assertRefused(forms.discardOwnForm(anna, form, next), 'conflict');
});

test('news that comes twice or late publishes nothing twice', async () => {
  const { form, edition } = await write('Doppelt');
  const who = { author: 'account:1', authorName: 'A', approver: 'account:2', approverName: 'B' };
  const next = await forms.addFormPage(anna, { form, edition }, t('Ende'));
  const last = await forms.addQuestion(anna, { form, edition: next }, 'ende2', { kind: 'text', label: t('Gruß') });
  const approved = { tenant: people.ellrich, form, edition: last, ...who };
  await forms.publishOwnForm(people.house, approved);
  await forms.publishOwnForm(people.house, approved);
  await forms.publishOwnForm(people.house, { ...approved, edition });
  assert.equal((await forms.lookAtOwnForm(anna, form)).version, 1);
  // Another authority that names the same form changes nothing in it.
  await forms.publishOwnForm(people.house, { ...approved, tenant: people.rhoenblick, edition: last + 1 });
  assert.equal((await forms.lookAtOwnForm(anna, form)).version, 1);
});

test('a form with a mistake is not proposed', async () => {
  const form = await forms.beginOwnForm(anna, { title: t('Leer'), service, copyOf: null });
  await assertRefused(forms.proposeForm(anna, form, { edition: 1, note: '' }), 'conflict', 'forms.editNotWhole');
  await forms.discardOwnForm(anna, form, 1);
  await assertRefused(forms.lookAtOwnForm(anna, form), 'notFound');
});

test('a test run goes through the real engine, and leaves nothing behind', async () => {
  const { form } = await write('Probe');
  const sql = people.house.platform.db.read(people.ellrich);
  const count = async () => (await sql<{ count: number }>`select count(*)::int as count from forms.draft`)[0]?.count;
  const before = await count();
  const first = await forms.lookAtTrial(anna, form, { page: '', item: 0 });
  assert.deepEqual(first, { goTo: 'wasHabenSieVor' });
  const answer = (page: string, sent: Record<string, string>) =>
    forms.answerTrial(anna, form, {
      page,
      item: 0,
      go: 'next',
      files: [],
      removed: 0,
      sent: new Map(Object.entries(sent).map(([name, value]) => [name, [value]])),
    });
  const wrong = await answer('wasHabenSieVor', {});
  assert.match(wrong.problems[0]?.text.de ?? '', /Mit Zelt/);
  assert.equal((await answer('wasHabenSieVor', { mitZelt: 'yes' })).goTo, 'dasZelt');
  assert.deepEqual(await forms.lookAtTrialEnd(anna, form), { goTo: 'dasZelt' });
  assert.equal((await answer('dasZelt', { flaeche: '12' })).goTo, null);
  const end = await forms.lookAtTrialEnd(anna, form);
  assert.ok('sections' in end && end.sections.length === 2);
  // Dora’s test run is her own.
  assert.deepEqual(await forms.lookAtTrialEnd(dora, form), { goTo: 'wasHabenSieVor' });
  assert.equal(await count(), before);
  await forms.endTrial(anna, form);
  assert.deepEqual(await forms.lookAtTrialEnd(anna, form), { goTo: 'wasHabenSieVor' });
});

test('the state’s editors go on with the state’s forms; what they publish is the next version', async () => {
  await setRoles(people.house, { tenant: people.tlrz, account: people.id.paula }, [
    'providerOperator',
    'tenantAdministrator',
    'editor',
  ]);
  const paula = await people.now('paula');
  assert.ok((await forms.listContinuable(paula)).some(({ key }) => key === 'hundesteuer'));
  assert.deepEqual(await forms.listContinuable(emil), []);
  assert.equal(await forms.continueForm(paula, 'hundesteuer'), 'hundesteuer');
  await assertRefused(forms.continueForm(paula, 'hundesteuer'), 'conflict', 'forms.editThere');
  const edition = await forms.arrangeQuestion(paula, { form: 'hundesteuer', edition: 1 }, 'phone', 'remove');
  const who = { author: 'account:1', authorName: 'A', approver: 'account:2', approverName: 'B' };
  await forms.publishOwnForm(people.house, { tenant: people.tlrz, form: 'hundesteuer', edition, ...who });
  assert.equal((await forms.lookAtOwnForm(paula, 'hundesteuer')).version, 2);
  // An upgrade of the product leaves alone what editors have published.
  assert.deepEqual(await forms.publishBuiltIn(people.house), []);
});

test('what is typed is text, and too much of it is refused with its place', async () => {
  const form = await forms.beginOwnForm(anna, { title: t('<script>alert(1)</script>'), service, copyOf: null });
  assert.equal((await forms.lookAtOwnForm(anna, form)).definition.title.de, '<script>alert(1)</script>');
  await assertRefused(forms.addFormPage(anna, { form, edition: 1 }, t('x'.repeat(401))), 'invalid', 'platform.textTooLong');
  const edition = await forms.addFormPage(anna, { form, edition: 1 }, t('Eins'));
  const evil = forms.addQuestion(anna, { form, edition }, 'eins', { kind: '__proto__', label: t('X') });
  await assertRefused(evil, 'invalid', 'forms.editKind');
  await assertRefused(forms.addQuestion(anna, { form, edition }, '__proto__', { kind: 'text', label: t('X') }), 'notFound');
  await assertRefused(forms.saveCondition(anna, { form, edition }, { field: 'weg' }, { act: 'clear' }), 'notFound');
});
