import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as accounts from '#modules/accounts';
import { settleFinder } from '../../../test/finder.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import * as finder from './index.ts';
import type { ServiceContent } from './rules-content.ts';

const stand = await openStand();
const people = await settle(stand);
await settleFinder(people);
const { house, ellrich, id } = people;

const makeEditors = async (tenant: number, names: readonly ('anna' | 'bernd' | 'emil' | 'celik' | 'gero')[]) => {
  for (const name of names) await accounts.setRoles(house, { tenant, account: id[name] }, ['editor']);
  return Promise.all(names.map((name) => people.now(name)));
};
const [anna, bernd] = (await makeEditors(ellrich, ['anna', 'bernd'])) as [typeof house, typeof house];
// Two editors of the state, among the cast's people of its tenant.
const [celik] = (await makeEditors(finder.stateTenant, ['celik'])) as [typeof house];
await accounts.setRoles(house, { tenant: finder.stateTenant, account: id.paula }, [
  'providerOperator',
  'tenantAdministrator',
  'editor',
]);
const paula = await people.now('paula');
const gero = await people.now('gero');
const later = () => stand.clock.advance(5);

const service = async (key: string) => (await finder.getService(people.nobody, key)).content;
const refused = (code: string) => ({ code });

test('a text goes through four eyes, and only then can it be found', async () => {
  const content: ServiceContent = { ...(await service('fundsache')), title: 'Drohne steigen lassen', keywords: ['Quadrocopter'] };
  const entry = await finder.createEntry(celik, { kind: 'service', key: 'drohne', content, note: 'neu' });
  await assert.rejects(finder.takeStep(celik, { entry }, 'approve'), refused('finder.stepImpossible'));
  await finder.takeStep(celik, { entry }, 'submit');
  await assert.rejects(finder.takeStep(celik, { entry }, 'approve'), refused('finder.fourEyes'));
  await finder.takeStep(paula, { entry }, 'sendBack', { answer: 'Bitte die Kosten ergänzen.' });
  const back = await finder.getEntry(celik, { entry });
  assert.equal(back.draft?.answer, 'Bitte die Kosten ergänzen.');
  const edition = back.draft?.edition ?? 0;
  await finder.saveDraft(celik, { entry }, { content: { ...content, fees: ['5 Euro'] }, edition });
  await assert.rejects(finder.saveDraft(paula, { entry }, { content, edition }), refused('finder.changedMeanwhile'));
  await finder.takeStep(celik, { entry }, 'submit');
  await finder.takeStep(paula, { entry }, 'approve', { validTo: '2027-12-31' });
  assert.equal((await finder.search(people.nobody, { q: 'Quadrocopter' })).found.length, 0);
  await finder.publishEntry(house, finder.stateTenant, entry);
  await finder.publishEntry(house, finder.stateTenant, entry); // at least once
  later();
  assert.equal((await finder.search(people.nobody, { q: 'Quadrocopter' })).found[0]?.key, 'drohne');
  const { entry: now, versions } = await finder.getEntry(paula, { entry });
  assert.equal(now.reviewOn, '2027-11-23');
  assert.deepEqual(
    versions.map(({ state, approverName }) => [state, approverName]),
    [['published', 'Paula Preiß']],
  );
});

test('a change is a new version with a difference; withdrawing takes it from the public', async () => {
  const entry = (await finder.findEntry(paula, { kind: 'service', key: 'fundsache' })) as number;
  const old = await service('fundsache');
  await finder.saveDraft(celik, { entry }, { content: { ...old, fees: ['nichts'] }, edition: null });
  const { differences } = await finder.getEntry(celik, { entry });
  assert.deepEqual(
    differences.map(({ field, after }) => [field, after]),
    [['fees', 'nichts']],
  );
  await finder.takeStep(celik, { entry }, 'submit');
  await finder.takeStep(paula, { entry }, 'approve');
  await finder.publishEntry(house, finder.stateTenant, entry);
  assert.deepEqual((await service('fundsache')).fees, ['nichts']);
  assert.equal((await finder.compareVersions(paula, { entry }, { before: 1, after: 2 })).differences.length, 1);
  await finder.takeStep(paula, { entry }, 'withdraw');
  await finder.publishEntry(house, finder.stateTenant, entry);
  await assert.rejects(service('fundsache'), refused('finder.serviceUnknown'));
  later();
  assert.ok(!(await finder.search(people.nobody, { q: 'Fundbüro' })).found.some(({ key }) => key === 'fundsache'));
});

test('a municipality speaks for itself and nobody else', async () => {
  const rule = { service: 'wohngeld', authority: null, level: 'municipality', unit: '', except: [], source: 'Vertrag' };
  const make = (ctx: typeof house, kind: string, key: string, content: object) => finder.createEntry(ctx, { kind, key, content });
  await assert.rejects(make(anna, 'service', 'neu', await service('wohngeld')), refused('finder.stateOnly'));
  await assert.rejects(make(anna, 'competence', 'wohngeld.x', { ...rule, area: '16062041' }), refused('finder.foreignArea'));
  await assert.rejects(make(anna, 'competence', 'wohngeld.x', { ...rule, area: '16' }), refused('finder.foreignArea'));
  await assert.rejects(make(anna, 'authority', '16062041', { name: 'Falsche' }), refused('finder.foreignKey'));
  await assert.rejects(make(gero, 'authority', '16062005.x', { name: 'X' }), { kind: 'forbidden' });
  await assert.rejects(finder.listEntries(people.emil, { tenant: ellrich }), { kind: 'notFound' });
  const entry = await make(anna, 'competence', 'wohngeld.16062005', { ...rule, area: '16062005' });
  await finder.takeStep(anna, { entry }, 'submit');
  await finder.takeStep(bernd, { entry }, 'approve');
  await finder.publishEntry(house, ellrich, entry);
  later();
  const { found } = await finder.search(people.nobody, { q: 'wohngeld', place: 'Ellrich' });
  assert.equal(found[0]?.responsible?.authority?.name, 'Stadtverwaltung Ellrich');
  assert.equal(found[0]?.responsible?.rule?.source, 'Vertrag');
});

test('the state’s catalogue does not overwrite what a municipality has said', async () => {
  await finder.rebuild(house, finder.stateTenant);
  const { content } = await finder.getAuthority(people.nobody, '16062005');
  assert.equal(content.street, 'Markt 1');
});

test('what is not in force yet, or no more, is not shown', async () => {
  const content = { ...(await service('kita')), title: 'Zeitweise' };
  const entry = await finder.createEntry(celik, { kind: 'service', key: 'zeitweise', content });
  await finder.takeStep(celik, { entry }, 'submit');
  await assert.rejects(
    finder.takeStep(paula, { entry }, 'approve', { validFrom: '2027-02-01', validTo: '2027-01-01' }),
    refused('finder.periodForm'),
  );
  await finder.takeStep(paula, { entry }, 'approve', { validFrom: '2027-01-01', validTo: '2027-01-31' });
  await finder.publishEntry(house, finder.stateTenant, entry);
  await assert.rejects(service('zeitweise'), refused('finder.serviceUnknown'));
});

test('searched but not found: words only, rare ones cut, done ones gone', async () => {
  for (let time = 0; time < 3; time += 1) await finder.search(people.nobody, { q: 'Zauberstab' });
  await finder.search(people.nobody, { q: 'Einhorn' });
  for (let time = 0; time < 5; time += 1) await finder.search(people.nobody, { q: 'xyzzy@post.example 0171234567' });
  assert.deepEqual(await finder.listMisses(paula), [{ words: 'zauberstab', count: 3, last: '2026-11-23' }]);
  await finder.finishMiss(paula, 'Zauberstab');
  assert.deepEqual(await finder.listMisses(paula), []);
  await assert.rejects(finder.listMisses(anna), { kind: 'notFound' });
});

test('a new everyday word works at once', async () => {
  await finder.addSynonym(paula, { says: 'Flitzpiepe', means: 'Fahrzeug' });
  later();
  assert.equal((await finder.search(people.nobody, { q: 'Flitzpiepe' })).found[0]?.key, 'kfz-zulassung');
  await assert.rejects(finder.addSynonym(paula, { says: 'Flitzpiepe', means: 'Fahrzeug' }), refused('finder.synonymTaken'));
  const pair = (await finder.listSynonyms(paula)).find(({ says }) => says === 'Flitzpiepe');
  await finder.removeSynonym(paula, pair?.id ?? 0);
  later();
  assert.equal((await finder.search(people.nobody, { q: 'Flitzpiepe' })).found.length, 0);
});

test('editors are reminded once when reviews are near', async () => {
  assert.equal(await finder.remind(house, ellrich), 0);
  stand.clock.advance(340 * 86_400);
  const due = await finder.remind(house, ellrich);
  assert.ok(due > 0);
  assert.equal(await finder.remind(house, ellrich), 0);
  const [report] = await finder.freshness(anna);
  assert.ok(report && report.soon > 0 && report.overdue === 0);
  const { items } = await finder.listEntries(anna, { only: 'due' });
  assert.ok(items.length > 0);
});

test('export and import are a round trip in both forms, also of hostile text', async () => {
  const hostile = '<script>alert(1)</script> & ]]> "x" \n zweite Zeile';
  const content = { ...(await service('kita')), details: hostile, keywords: ["'; drop table", '&amp;'] };
  const entry = await finder.createEntry(celik, { kind: 'service', key: 'boese', content });
  await finder.takeStep(celik, { entry }, 'submit');
  await finder.takeStep(paula, { entry }, 'approve');
  for (const form of ['json', 'xml'] as const) {
    const text = await finder.exportEntries(paula, form, finder.stateTenant);
    assert.ok(text.includes('drop table'));
    const verdicts = await finder.importEntries(paula, { text, dryRun: false });
    assert.ok(verdicts.length > 700);
    assert.deepEqual(verdicts.filter(({ verdict }) => verdict !== 'unchanged').slice(0, 3), [], form);
  }
  const bomb = '<!DOCTYPE x [<!ENTITY a "b">]><transfer xmlns="urn:rennsteig:xzufi-angelehnt:1">&a;</transfer>';
  await assert.rejects(finder.importEntries(paula, { text: bomb, dryRun: true }), refused('finder.exchangeForm'));
  const crowd = `<transfer xmlns="urn:rennsteig:xzufi-angelehnt:1"><leistung>${'<x/>'.repeat(60_000)}</leistung></transfer>`;
  await assert.rejects(finder.importEntries(paula, { text: crowd, dryRun: true }), refused('finder.exchangeForm'));
  for (const text of ['{}', 'null', '<a/>', '', '{"format":"rennsteig-finder","version":1,"entries":[null]}'])
    await assert.rejects(finder.importEntries(paula, { text, dryRun: true }), { kind: 'invalid' }, text);
});

test('an imported entry is a draft and waits for a second pair of eyes', async () => {
  const text = await finder.exportEntries(anna, 'json');
  const changed = text.replaceAll('Markt 1', 'Neue Straße 2');
  const verdicts = await finder.importEntries(anna, { text: changed, dryRun: false });
  assert.deepEqual(
    verdicts.filter(({ verdict }) => verdict === 'changed').map(({ key }) => key),
    ['16062005'],
  );
  assert.equal((await finder.getAuthority(people.nobody, '16062005')).content.street, 'Markt 1');
});

test('a merger leads from the old name to the new place', async () => {
  const csv = 'Schlüssel;Bezeichnung;Aufgelöst;Nachfolger\n16062009;Gemeinde Großlohra;2027-01-01;16062041\n';
  const dry = await finder.importRegister(paula, { csv, dryRun: true });
  assert.equal(dry.counts.ended, 1);
  later();
  assert.equal((await finder.findArea(people.nobody, 'Großlohra')).kind, 'found');
  await finder.importRegister(paula, { csv, dryRun: false });
  later();
  const answer = await finder.findArea(people.nobody, 'Grosslohra');
  assert.ok(answer.kind === 'found' && answer.area.name === 'Nordhausen' && answer.was?.name === 'Großlohra');
  await assert.rejects(finder.importRegister(anna, { csv, dryRun: true }), { kind: 'notFound' });
});
