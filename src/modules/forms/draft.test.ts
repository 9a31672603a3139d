import assert from 'node:assert/strict';
import { test } from 'node:test';
import { offerForms, settleForms } from '../../../test/forms.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import * as forms from './index.ts';

const stand = await openStand();
const people = await settle(stand);
await settleForms(people);
stand.clock.advance(10);
const { nobody, house, ellrich } = people;

const place = '16062005';
const refused = (code: string) => ({ code });
const begin = (form = 'hundesteuer') => forms.beginDraft(nobody, { form, place, trap: '' });

async function stepOf(token: string, page: string, item = 0): Promise<string> {
  const view = await forms.lookAtPage(nobody, token, { page, item });
  assert.ok('step' in view, `${page} leads to ${'goTo' in view ? view.goTo : ''}`);
  return view.step;
}

type Answers = Readonly<Record<string, string | readonly string[]>>;

const sentOf = (answers: Answers) => new Map(Object.entries(answers).map(([name, value]) => [name, [value].flat()] as const));

async function answer(token: string, page: string, answers: Answers, more: Partial<forms.SaveInput> = {}): Promise<forms.Saved> {
  const step = more.step ?? (await stepOf(token, page, more.item));
  return forms.savePage(nobody, token, { page, item: 0, go: 'next', sent: sentOf(answers), ...more, step });
}

const bello = {
  dogName: 'Bello',
  breed: 'Mischling',
  sex: 'male',
  dogBorn: '1.5.2025',
  keptSince: '1.7.2025',
  chip: '276098100000001',
};
const celik = { firstName: 'Celik', lastName: 'Çetin', born: '3.3.1970' };
const home = { 'home.street': 'Am Bach', 'home.number': '3', 'home.postcode': '99755', 'home.town': 'Ellrich' };

/** Answers the dog's form from the first page to the summary. */
async function fillIn(token: string): Promise<void> {
  const pages: [string, Answers][] = [
    ['what', { matter: 'register' }],
    ['dogs', bello],
    ['household', { kept: '0' }],
    ['danger', { dangerous: 'no' }],
    ['exemption', { exempt: 'none' }],
    ['person', celik],
    ['address', home],
    ['contact', { mail: 'celik@post.example', phone: '' }],
    ['debit', { wantsDebit: 'no' }],
  ];
  for (const [page, answers] of pages) assert.deepEqual((await answer(token, page, answers)).problems, [], page);
}

test('all addresses of one IPv6 network together begin no more than one address may', async () => {
  const from = (host: number) => ({ ...nobody, network: `2001:db8:1:2::${host.toString(16)}` });
  const tryFrom = (host: number) => forms.beginDraft(from(host), { form: 'gibt-es-nicht', place, trap: '' });
  for (let host = 1; host <= 121; host += 1) await assert.rejects(tryFrom(host), refused('forms.unknown'));
  await assert.rejects(tryFrom(122), refused('platform.tooMany'));
});

test('a form that nobody takes is not begun, and the reason is said', async () => {
  const away = await forms.lookAtStart(nobody, 'hundesteuer', '16062063');
  assert.equal(away.isOffered, false);
  assert.equal(away.office?.name, 'Gemeindeverwaltung Werther');
  await assert.rejects(
    forms.beginDraft(nobody, { form: 'hundesteuer', place: '16062063', trap: '' }),
    refused('forms.notOffered'),
  );
  await assert.rejects(forms.lookAtStart(nobody, 'gibt-es-nicht', place), refused('forms.unknown'));
  await assert.rejects(forms.beginDraft(nobody, { form: 'hundesteuer', place, trap: 'x' }), refused('forms.trap'));
});

test('the way leads from page to page, to the summary with what is owed', async () => {
  const { token, page } = await begin();
  assert.equal(page, 'what');
  await fillIn(token);
  const check = await forms.lookAtCheck(nobody, token);
  assert.ok('sections' in check);
  assert.equal(check.fee?.kind === 'sum' && check.fee.cents, 500);
  assert.deepEqual(check.office.name, 'Stadtverwaltung Ellrich');
  assert.ok(check.sections.some(({ rows }) => rows.some(({ value }) => value === '60,00 €')));
});

test('what is wrong is said and kept; pages before their turn lead to what is missing', async () => {
  const { token } = await begin();
  const wrong = await answer(token, 'what', { matter: 'etwas' });
  assert.equal(wrong.goTo, 'what');
  assert.equal(wrong.problems.length, 1);
  const view = await forms.lookAtPage(nobody, token, { page: 'what', item: 0 });
  assert.ok('questions' in view);
  assert.equal(view.questions[0]?.raw.matter, 'etwas');
  assert.deepEqual(await forms.lookAtPage(nobody, token, { page: 'person', item: 0 }), { goTo: 'what' });
  // Out of order: what was answered is kept for when its turn comes.
  const early = await answer(token, 'person', celik, { step: view.step });
  assert.equal(early.goTo, 'what');
  await answer(token, 'what', { matter: 'deregister' });
  await answer(token, 'gone', { goneName: 'Rex', taxNumber: '', goneOn: '1.11.2026', goneWhy: 'died' });
  assert.deepEqual(
    await forms.lookAtPage(nobody, token, { page: 'address', item: 0 }).then((at) => 'page' in at && at.page.key),
    'address',
  );
});

test('foreign fields, a missing token and a page of another form change nothing', async () => {
  const { token } = await begin();
  await answer(token, 'what', { matter: 'register', kept: '7', __proto__: 'x', state: 'sent' });
  const view = await forms.lookAtPage(nobody, token, { page: 'dogs', item: 0 });
  assert.ok('questions' in view && view.questions.every(({ raw }) => Object.keys(raw).length === 0));
  await assert.rejects(answer(token, 'what', { matter: 'register' }, { step: 'x' }), refused('forms.stepMissing'));
  await assert.rejects(answer(token, 'gibtesnicht', {}, { step: '1.abcdefgh' }), refused('forms.pageGone'));
  await assert.rejects(
    forms.lookAtPage(nobody, `${token.slice(0, -1)}_`, { page: 'what', item: 0 }),
    refused('forms.linkUnknown'),
  );
  await assert.rejects(forms.lookAtPage(nobody, 'nichts', { page: 'what', item: 0 }), refused('forms.linkUnknown'));
});

test('a page that arrives twice is saved once; one that was changed in another window is not overwritten', async () => {
  const { token } = await begin();
  await answer(token, 'what', { matter: 'register' });
  const [first, second] = [await stepOf(token, 'dogs'), await stepOf(token, 'dogs')];
  await Promise.all([
    answer(token, 'dogs', bello, { step: first, go: 'add' }),
    answer(token, 'dogs', bello, { step: first, go: 'add' }),
  ]);
  const one = await forms.lookAtPage(nobody, token, { page: 'dogs', item: 1 });
  assert.deepEqual('items' in one && one.items, ['Bello']);
  await assert.rejects(answer(token, 'dogs', { ...bello, dogName: 'Rex' }, { step: second }), refused('forms.changedElsewhere'));
  // Removing twice removes one.
  const step = await stepOf(token, 'dogs', 1);
  await answer(token, 'dogs', { ...bello, dogName: 'Rex' }, { step, item: 1, go: 'stay' });
  const away = await stepOf(token, 'dogs', 0);
  await answer(token, 'dogs', {}, { step: away, go: 'remove' });
  await answer(token, 'dogs', {}, { step: away, go: 'remove' });
  const left = await forms.lookAtPage(nobody, token, { page: 'dogs', item: 0 });
  assert.deepEqual('items' in left && left.items, ['Rex']);
});

test('a page that is left is kept as it is, emptied too; one that was only looked at does not count as answered', async () => {
  const { token } = await begin();
  await answer(token, 'what', { matter: 'register' });
  const leave = (answers: Answers, more: Partial<forms.SaveInput> = {}) =>
    answer(token, 'dogs', answers, { go: 'leave', ...more });
  const entries = async () => {
    const view = await forms.lookAtPage(nobody, token, { page: 'dogs', item: 0 });
    assert.ok('questions' in view);
    return { raw: view.questions[0]?.raw ?? {}, count: view.items.length };
  };
  await leave({ dogName: ' ' });
  assert.deepEqual(await entries(), { raw: {}, count: 0 });
  assert.deepEqual((await leave({ dogName: 'Bello', breed: 'Mischling' })).problems, []);
  assert.deepEqual([(await entries()).raw.dogName, (await entries()).count], ['Bello', 1]);
  await leave({});
  assert.deepEqual([(await entries()).raw.dogName, (await entries()).raw.breed, (await entries()).count], ['', '', 1]);
  await answer(token, 'dogs', bello);
  await answer(token, 'household', { kept: '0' });
  await answer(token, 'danger', { dangerous: 'no' });
  await answer(token, 'exemption', { exempt: 'assistance' });
  assert.equal((await forms.resumeDraft(nobody, token)).goTo, 'proof');
  // What is asked because of an answer is not asked once that is gone, and the page with the gap is the next one.
  await answer(token, 'exemption', {}, { go: 'leave' });
  assert.equal((await forms.resumeDraft(nobody, token)).goTo, 'exemption');
  assert.deepEqual(await forms.lookAtPage(nobody, token, { page: 'proof', item: 0 }), { goTo: 'exemption' });
});

test('a draft stays on the version it was begun with; a municipality’s fee holds at once', async () => {
  const { token } = await begin();
  await fillIn(token);
  const { definition } = await forms.lookAtStart(nobody, 'hundesteuer', place);
  const next = {
    ...definition,
    pages: definition.pages.filter(({ key }) => key === 'what'),
    calculations: [],
    fee: { kind: 'none' },
    contact: { name: [] },
  };
  assert.equal(await forms.publishDefinition(house, next), 2);
  assert.equal((await forms.lookAtStart(nobody, 'hundesteuer', place)).pages, 1);
  const old = await forms.lookAtCheck(nobody, token);
  assert.ok('sections' in old && old.sections.length > 5);
  const shown = { edition: old.edition, cents: 500, isDeclared: true, trap: '' };
  const town = { ...house, actor: { kind: 'system', tenant: ellrich, job: 'test' } } as typeof house;
  const { content, edition } = await forms.getOverlay(town, 'hundesteuer');
  await forms.setOverlay(town, 'hundesteuer', { content: { ...content, values: { tag: 700 } }, edition });
  stand.clock.advance(10);
  await assert.rejects(forms.submitDraft(nobody, token, shown), refused('forms.feeChanged'));
  assert.ok((await forms.submitDraft(nobody, token, { ...shown, cents: 700 })).payment);
  await forms.setOverlay(town, 'hundesteuer', { content, edition: edition + 1 });
  await forms.publishDefinition(house, definition);
});

test('sending is refused without the declaration, too fast, half; and happens once', async () => {
  const { token } = await begin();
  await answer(token, 'what', { matter: 'deregister' });
  const input = { edition: 2, cents: null, isDeclared: true, trap: '' };
  await assert.rejects(forms.submitDraft(nobody, token, input), refused('forms.incomplete'));
  await answer(token, 'gone', { goneName: 'Rex', taxNumber: '', goneOn: '1.11.2026', goneWhy: 'died' });
  await answer(token, 'person', celik);
  await answer(token, 'address', home);
  await answer(token, 'contact', { mail: '', phone: '' });
  const check = await forms.lookAtCheck(nobody, token);
  assert.ok('edition' in check);
  const whole = { ...input, edition: check.edition };
  await assert.rejects(forms.submitDraft(nobody, token, { ...whole, isDeclared: false }), refused('forms.notDeclared'));
  await assert.rejects(forms.submitDraft(nobody, token, whole), refused('forms.tooFast'));
  stand.clock.advance(10);
  await assert.rejects(
    forms.submitDraft(nobody, token, { ...whole, edition: check.edition - 1 }),
    refused('forms.changedElsewhere'),
  );
  const both = await Promise.all([forms.submitDraft(nobody, token, whole), forms.submitDraft(nobody, token, whole)]);
  assert.equal(new Set(both.map(({ reference }) => reference)).size, 1);
  assert.match(both[0].reference, /^HUN-2026-[0-9A-HJKMNP-TV-Z]{7}$/);
  assert.deepEqual(await forms.lookAtPage(nobody, token, { page: 'what', item: 0 }), { goTo: 'status' });
  const status = await forms.lookAtStatus(nobody, token);
  assert.deepEqual([status.state, status.expectedOn], ['received', '2026-12-14']);
});

test('only the editors of the municipality set what holds there', async () => {
  await assert.rejects(forms.getOverlay(people.anna, 'hundesteuer'), refused('platform.forbidden'));
  await assert.rejects(
    forms.setOverlay(people.emil, 'hundesteuer', { content: forms.noOverlay, edition: 0 }),
    refused('platform.forbidden'),
  );
  await offerForms(house, people.werther, { forms: ['hundesteuer'] });
  stand.clock.advance(10);
  assert.equal((await forms.lookAtStart(nobody, 'hundesteuer', '16062063')).isOffered, true);
});

test('a draft nobody touches goes after the time every page names', async () => {
  const { token } = await begin();
  const { removeIdleDrafts } = await import('./care.ts');
  const town = { ...house, actor: { kind: 'system', tenant: ellrich, job: 'test' } } as typeof house;
  stand.clock.advance(29 * 86_400);
  await removeIdleDrafts(town);
  assert.ok('page' in (await forms.lookAtPage(nobody, token, { page: 'what', item: 0 })));
  stand.clock.advance(2 * 86_400);
  assert.ok((await removeIdleDrafts(town)) > 0);
  await assert.rejects(forms.lookAtPage(nobody, token, { page: 'what', item: 0 }), refused('forms.linkUnknown'));
});
