import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settleEditors } from '../../../test/editors.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import * as finder from './index.ts';
import type { ServiceContent, SupplementContent } from './rules-content.ts';

const stand = await openStand();
const people = await settle(stand);
await settleEditors(people);
const { house, nobody, ellrich } = people;
const [anna, bernd] = [await people.now('anna'), await people.now('bernd')];
const [paula, celik] = [await people.now('paula'), await people.now('celik')];

const service = async (key: string) => (await finder.getService(nobody, key)).content;
const refused = (code: string) => ({ code });

test('the desk says what lies on it, and for which area', async () => {
  const before = await finder.openDesk(anna);
  assert.deepEqual(before.area, { key: '16062005', name: 'Stadt Ellrich' });
  assert.ok(!before.isState && before.mayWrite);
  const content = { service: 'wohngeld', area: '16062005', note: 'Nur mit Termin.', documents: [], fees: [], deadlines: [] };
  const entry = await finder.createEntry(anna, { kind: 'supplement', key: 'wohngeld.16062005', content });
  assert.equal((await finder.openDesk(anna)).open, before.open + 1);
  await finder.takeStep(anna, { entry }, 'submit');
  const after = await finder.openDesk(bernd);
  assert.deepEqual([after.open, after.waiting], [before.open, before.waiting + 1]);
  assert.equal(after.waitingForMe, before.waitingForMe + 1);
  assert.equal((await finder.openDesk(anna)).waitingForMe, before.waitingForMe, 'nobody approves what they wrote');
  const { items } = await finder.listEntries(bernd, { only: 'waiting' });
  assert.match(items[0]?.title ?? '', /^Wohngeld.* – Stadt Ellrich$/);
  assert.equal((await finder.openDesk(people.ida)).mayWrite, false);
  for (const stranger of [people.emil, people.gero, people.dora])
    await assert.rejects(finder.openDesk(stranger), { kind: 'forbidden' });
  await assert.rejects(finder.openDesk(nobody), { kind: 'unauthenticated' });
});

test('the days an author proposes are read and approved by the second person', async () => {
  const content = await service('kita');
  const days = { validFrom: '2026-12-01', validTo: '2027-12-31', reviewOn: '2027-03-01' };
  const entry = await finder.createEntry(celik, { kind: 'service', key: 'kita-neu', content, days });
  await assert.rejects(
    finder.saveDraft(celik, { entry }, { content, edition: 1, days: { ...days, validTo: '2026-11-30' } }),
    refused('finder.periodForm'),
  );
  // An import writes the text again and says nothing about days.
  await finder.saveDraft(celik, { entry }, { content, edition: 1 });
  await finder.takeStep(celik, { entry }, 'submit');
  await finder.takeStep(paula, { entry }, 'approve', { reviewOn: '2027-04-01' });
  const { entry: now } = await finder.getEntry(paula, { entry });
  assert.deepEqual([now.validFrom, now.validTo, now.reviewOn], ['2026-12-01', '2027-12-31', '2027-04-01']);
});

test('a review that finds nothing to change moves the day, and citizens see when it was checked', async () => {
  const entry = (await finder.findEntry(paula, { kind: 'service', key: 'wohngeld' })) as number;
  stand.clock.advance(3 * 86_400);
  await assert.rejects(finder.confirmReview(paula, { entry }, '2026-11-24'), refused('finder.reviewPast'));
  await assert.rejects(finder.confirmReview(anna, { entry, tenant: finder.stateTenant }, null), { kind: 'notFound' });
  await finder.confirmReview(paula, { entry }, '2027-02-01');
  await finder.publishEntry(house, finder.stateTenant, entry);
  assert.equal((await finder.getService(nobody, 'wohngeld')).checkedOn, '2026-11-26');
  assert.equal((await finder.getEntry(paula, { entry })).entry.reviewOn, '2027-02-01');
  const hidden = await finder.createEntry(paula, { kind: 'service', key: 'verborgen', content: await service('kita') });
  await assert.rejects(finder.confirmReview(paula, { entry: hidden }, null), refused('finder.stepImpossible'));
});

test('an older version comes back as a draft, and never over somebody’s work', async () => {
  const entry = (await finder.findEntry(paula, { kind: 'service', key: 'kita' })) as number;
  const old = await service('kita');
  await finder.saveDraft(celik, { entry }, { content: { ...old, fees: ['keine'] }, edition: null });
  await assert.rejects(finder.restoreVersion(paula, { entry }, 1, ''), refused('finder.draftThere'));
  await finder.takeStep(celik, { entry }, 'submit');
  await finder.takeStep(paula, { entry }, 'approve');
  await assert.rejects(finder.restoreVersion(paula, { entry }, 7, ''), { kind: 'notFound' });
  await finder.restoreVersion(paula, { entry }, 1, 'zurück');
  const { draft, differences } = await finder.getEntry(paula, { entry });
  assert.ok(draft);
  assert.deepEqual((draft.content as ServiceContent).fees, old.fees);
  assert.deepEqual(
    finder.inWords(differences).map(({ field, parts }) => [field, parts[0]]),
    [['fees', { kind: 'removed', text: 'keine' }]],
  );
  await finder.takeStep(paula, { entry }, 'submit');
  await assert.rejects(finder.takeStep(paula, { entry }, 'approve'), refused('finder.fourEyes'));
});

test('names become keys: the official key goes first, doubles are asked back, guesses are no basis for a rule', async () => {
  const typed = {
    service: 'Hund anmelden und Hundesteuer',
    area: 'Ellrich',
    authority: 'Stadtverwaltung Ellrich',
    except: ['16062041'],
  };
  const keys = await finder.withKeys(anna, 'competence', typed);
  assert.deepEqual(keys, { service: 'hundesteuer', area: '16062005', authority: '16062005', except: ['16062041'] });
  const shown = await finder.withNames(anna, 'competence', { ...keys, level: null, unit: '', source: '' } as never);
  assert.equal(shown.area, '16062005 Stadt Ellrich');
  assert.deepEqual(await finder.withKeys(anna, 'competence', shown), { ...keys, level: null, unit: '', source: '' });
  const bad = async (change: object, code: string) =>
    assert.rejects(finder.withKeys(anna, 'competence', { ...typed, ...change }), refused(code));
  await bad({ area: 'Lehesten' }, 'finder.placeSeveral');
  await bad({ area: 'Elrich' }, 'finder.placeUnknown');
  await bad({ service: 'Drachen zähmen' }, 'finder.nameUnknown');
  await bad({ authority: 'Drachenamt' }, 'finder.nameUnknown');
  assert.equal(await finder.keyForNew(anna, 'authority', { typed: 'Standesamt', content: {} }), '16062005.standesamt');
  assert.equal(
    await finder.keyForNew(paula, 'service', { typed: '', content: { title: 'Hündchen: Maß & Größe!' } }),
    'huendchen-mass-groesse',
  );
  assert.equal(await finder.keyForNew(anna, 'competence', { typed: '', content: { ...keys, service: '*' } }), 'alle.16062005');
});

test('the test field names the rule that decides and those that do not', async () => {
  const rule = { authority: null, level: 'district', unit: '', except: [], source: 'Zweckvereinbarung' };
  const content = { ...rule, service: 'hundesteuer', area: '16' };
  const entry = await finder.createEntry(paula, { kind: 'competence', key: 'hundesteuer.16', content });
  await finder.takeStep(paula, { entry }, 'submit');
  await finder.takeStep(celik, { entry }, 'approve');
  await finder.publishEntry(house, finder.stateTenant, entry);
  const { rules, responsible } = await finder.explainCompetence(anna, { service: 'hundesteuer', place: 'Ellrich' });
  assert.deepEqual(
    rules.map(({ area, verdict, source }) => [area, verdict, source]),
    [
      ['Stadt Ellrich', 'matched', 'Geschäftsverteilungsplan der Verwaltung'],
      ['Freistaat Thüringen', 'wider', 'Zweckvereinbarung'],
    ],
  );
  assert.equal(responsible?.unit?.name, 'Steueramt');
  assert.deepEqual((await finder.explainCompetence(anna, { service: 'kita', place: 'Lehesten' })).rules, []);
  await assert.rejects(finder.explainCompetence(anna, { service: 'x', place: '' }), { kind: 'notFound' });
  await assert.rejects(finder.explainCompetence(people.emil, { service: 'kita', place: '' }), { kind: 'forbidden' });
});

test('a preview is what citizens will see, for editors only', async () => {
  const entry = (await finder.findEntry(anna, { kind: 'supplement', key: 'hundesteuer.16062005' })) as number;
  const { published } = await finder.getEntry(anna, { entry });
  const old = published?.content as SupplementContent;
  await finder.saveDraft(anna, { entry }, { content: { ...old, note: 'Neu ab Januar.' }, edition: null });
  const preview = await finder.previewEntry(anna, { entry });
  assert.ok(preview.kind === 'service');
  assert.deepEqual(
    preview.view.supplements.map(({ note }) => note),
    ['Neu ab Januar.'],
  );
  assert.equal((await finder.getService(nobody, 'hundesteuer', 'Ellrich')).supplements[0]?.note, old.note);
  await assert.rejects(finder.previewEntry(people.emil, { entry, tenant: ellrich }), { kind: 'notFound' });
  await assert.rejects(finder.previewEntry(nobody, { entry, tenant: ellrich }), { kind: 'unauthenticated' });
});

test('one step from a search without result to a word that is understood', async () => {
  for (let time = 0; time < 3; time += 1) await finder.search(nobody, { q: 'Quaxlibopp' });
  const answer = (means: string) => finder.answerMiss(paula, { words: 'quaxlibopp', says: 'Quaxlibopp', means });
  await assert.rejects(answer('Blubberlutsch'), refused('finder.meansNothing'));
  assert.equal((await finder.listMisses(paula)).length, 1, 'what was refused stays on the list');
  await answer('Hundesteuer');
  assert.deepEqual(await finder.listMisses(paula), []);
  await assert.rejects(answer('Hundesteuer'), refused('finder.synonymTaken'));
  await assert.rejects(finder.answerMiss(anna, { words: 'x', says: 'x', means: 'Hund' }), { kind: 'notFound' });
});

test('the report says how old what each authority says is', async () => {
  const report = await finder.freshnessByAuthority(paula);
  const town = report.find(({ name }) => name === 'Stadt Ellrich');
  assert.ok(town && town.total > 0 && town.oldest >= 3 && town.withoutHours === 0);
  const state = report.find(({ name }) => name.startsWith('Thüringer'));
  assert.ok(state && state.withoutHours > 600, 'the register knows no opening hours');
  await assert.rejects(finder.freshnessByAuthority(anna), { kind: 'notFound' });
});
