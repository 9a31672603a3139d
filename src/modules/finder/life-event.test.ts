import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settleEditors } from '../../../test/editors.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import * as finder from './index.ts';

const stand = await openStand();
const people = await settle(stand);
await settleEditors(people);
const { house, nobody } = people;
const [celik, paula, anna] = [await people.now('celik'), await people.now('paula'), await people.now('anna')];
const english = { ...nobody, locale: 'en' as const };
const refused = (code: string) => ({ code });
const content = {
  title: 'Garten',
  text: 'Beete und Bäume.',
  plain: 'Sie haben einen Garten?',
  titleEn: 'Garden',
  textEn: 'Beds and trees.',
  icon: 'other',
  order: 15,
  services: ['sperrmuell', 'baum-faellen', 'gibt-es-nicht'],
};

test('situations in life arrive with the catalogue, in their order, in both languages', async () => {
  const events = await finder.listLifeEvents(nobody);
  assert.equal(events.length, 18);
  assert.deepEqual(
    events.slice(0, 2).map(({ key, title, lang }) => [key, title, lang]),
    [
      ['birth', 'Geburt und Kind', 'de'],
      ['school', 'Kita und Schule', 'de'],
    ],
  );
  assert.equal((await finder.listLifeEvents(english))[0]?.title, 'Birth and child');
  const { services, lang } = await finder.getLifeEvent(english, 'animals');
  assert.equal(lang, 'en');
  assert.deepEqual(
    services.items.map(({ key }) => key),
    ['hundesteuer', 'gefaehrlicher-hund', 'fischereischein'],
  );
  await assert.rejects(finder.getLifeEvent(nobody, 'nirgends'), refused('finder.lifeEventUnknown'));
});

test('a new one goes through four eyes, stands where it was put, and its services in their order', async () => {
  const entry = await finder.createEntry(celik, { kind: 'lifeEvent', key: 'garten', content });
  await finder.takeStep(celik, { entry }, 'submit');
  await assert.rejects(finder.takeStep(celik, { entry }, 'approve'), refused('finder.fourEyes'));
  assert.equal((await finder.previewEntry(paula, { entry })).kind, 'lifeEvent');
  await assert.rejects(finder.getLifeEvent(nobody, 'garten'), refused('finder.lifeEventUnknown'));
  await finder.takeStep(paula, { entry }, 'approve');
  for (let time = 0; time < 2; time += 1) await finder.publishEntry(house, finder.stateTenant, entry); // at least once
  const keys = (await finder.listLifeEvents(nobody)).map(({ key }) => key);
  assert.deepEqual(keys.slice(0, 3), ['birth', 'garten', 'school']);
  const { services } = await finder.getLifeEvent(nobody, 'garten');
  assert.deepEqual(
    services.items.map(({ key }) => key),
    ['sperrmuell', 'baum-faellen'],
  );
  assert.equal((await finder.countLifeEvents(paula)).find(({ key }) => key === 'garten')?.count, 2);
  // Its editors read names; what they write back is the same content.
  const { published } = await finder.getEntry(paula, { entry });
  const named = await finder.withNames(paula, 'lifeEvent', published?.content as finder.LifeEventContent);
  assert.deepEqual((named.services as string[])[0], 'sperrmuell Sperrmüll und Abfall');
  const { services: unknown, ...known } = named;
  const back = await finder.withKeys(paula, 'lifeEvent', { ...known, services: (unknown as string[]).slice(0, 2) });
  assert.deepEqual(back.services, ['sperrmuell', 'baum-faellen']);
  await assert.rejects(finder.withKeys(paula, 'lifeEvent', { services: ['Zauberei'] }), refused('finder.nameUnknown'));
});

test('a change is a difference and a version; withdrawn it is gone, restored it is back', async () => {
  const entry = (await finder.findEntry(paula, { kind: 'lifeEvent', key: 'garten' })) as number;
  await finder.saveDraft(celik, { entry }, { content: { ...content, order: 999, services: ['kita'] }, edition: null });
  const { differences } = await finder.getEntry(paula, { entry });
  assert.deepEqual(
    differences.map(({ field, before, after }) => [field, before, after]),
    [
      ['order', '15', '999'],
      ['services', 'sperrmuell\nbaum-faellen\ngibt-es-nicht', 'kita'],
    ],
  );
  await finder.takeStep(celik, { entry }, 'submit');
  await finder.takeStep(paula, { entry }, 'approve');
  await finder.publishEntry(house, finder.stateTenant, entry);
  assert.equal((await finder.listLifeEvents(nobody)).at(-1)?.key, 'garten');
  await finder.takeStep(paula, { entry }, 'withdraw');
  await finder.publishEntry(house, finder.stateTenant, entry);
  await assert.rejects(finder.getLifeEvent(nobody, 'garten'), refused('finder.lifeEventUnknown'));
  assert.equal((await finder.listLifeEvents(nobody)).length, 18);
});

test('only the state writes them, and only what makes sense', async () => {
  const make = (ctx: typeof house, more: object) =>
    finder.createEntry(ctx, { kind: 'lifeEvent', key: 'x', content: { ...content, ...more } });
  await assert.rejects(make(anna, {}), refused('finder.stateOnly'));
  await assert.rejects(make(celik, { icon: 'skull' }), refused('finder.choiceForm'));
  for (const order of ['-1', '1.5', '10000', 'x', '', null])
    await assert.rejects(make(celik, { order }), refused('finder.orderForm'), String(order));
  await assert.rejects(make(celik, { services: ['../x'] }), refused('finder.keyForm'));
  await assert.rejects(make(celik, { title: '' }), refused('platform.textMissing'));
  await assert.rejects(make(people.emil, {}), { kind: 'forbidden' });
});

test('a service that names a situation follows behind those that come first, page by page', async () => {
  const { content: dog } = await finder.getService(nobody, 'hundesteuer');
  const entry = await finder.createEntry(celik, {
    kind: 'service',
    key: 'aquarium',
    content: { ...dog, title: 'Aquarium aufstellen', lifeEvents: ['animals'] },
  });
  await finder.takeStep(celik, { entry }, 'submit');
  await finder.takeStep(paula, { entry }, 'approve');
  await finder.publishEntry(house, finder.stateTenant, entry);
  const { services } = await finder.getLifeEvent(nobody, 'animals');
  assert.equal(services.items.at(-1)?.key, 'aquarium');
  const seen: string[] = [];
  for (let cursor: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof finder.listServices>> = await finder.listServices(nobody, { cursor, limit: 7 });
    seen.push(...page.items.map(({ title }) => title));
    cursor = page.next;
    if (cursor === null) break;
  }
  assert.equal(new Set(seen).size, seen.length);
  assert.ok(seen.length > 45 && seen.includes('Aquarium aufstellen'));
  assert.deepEqual(
    (await finder.listServices(nobody, { search: '  AQUARIUM' })).items.map(({ key }) => key),
    ['aquarium'],
  );
  assert.equal((await finder.listServices(nobody, { search: '%' })).items.length, 0, 'a wildcard stands for itself');
  await assert.rejects(finder.listServices(nobody, { cursor: 'x' }), { kind: 'invalid' });
  assert.equal((await finder.supplementsOf(anna, ['hundesteuer', 'wohngeld'])).size, 1);
});

test('made-up addresses and cursors find nothing and break nothing', async () => {
  for (const key of ['\0', "'; drop table", 'ä', '', '../..', 'x'.repeat(5_000), 'BIRTH']) {
    await assert.rejects(finder.getLifeEvent(nobody, key), refused('finder.lifeEventUnknown'), key);
    await assert.rejects(finder.getService(nobody, key), refused('finder.serviceUnknown'), key);
    await assert.rejects(finder.getAuthority(nobody, key), refused('finder.authorityUnknown'), key);
  }
  const cursor = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');
  for (const made of [cursor(1e300, 'a\0b', '\0'), cursor('x', 1, 2), cursor(-5, '', ''), cursor(0, '\ud800', '')])
    assert.equal((await finder.getLifeEvent(nobody, 'birth', made)).key, 'birth');
  for (const broken of ['x', cursor(1), cursor([], {}, null)])
    await assert.rejects(finder.getLifeEvent(nobody, 'birth', broken), { kind: 'invalid' }, broken);
  assert.deepEqual((await finder.listServices(nobody, { search: '\0' })).items.length > 0, true);
});

test('a newer release renews what nobody has touched, and leaves what people have written', async () => {
  const sql = stand.house.platform.db;
  await sql.write(
    finder.stateTenant,
    (tx) => tx`
      update finder.version v set content = v.content || '{"fees":["alt"]}'::jsonb from finder.entry e
      where v.tenant = ${finder.stateTenant} and e.tenant = v.tenant and e.id = v.entry and e.kind = 'service' and e.key in ('grab', 'kita')`,
  );
  const kita = (await finder.findEntry(paula, { kind: 'service', key: 'kita' })) as number;
  const { published } = await finder.getEntry(paula, { entry: kita });
  await finder.saveDraft(celik, { entry: kita }, { content: { ...published?.content, fees: ['von Menschen'] }, edition: null });
  await finder.takeStep(celik, { entry: kita }, 'submit');
  await finder.takeStep(paula, { entry: kita }, 'approve');
  assert.equal((await finder.importCatalogue(house)).entries, 1);
  assert.equal((await finder.importCatalogue(house)).entries, 0);
  const fees = async (key: string) => (await finder.getService(nobody, key)).content.fees;
  assert.deepEqual(await fees('kita'), ['von Menschen']);
  assert.match((await fees('grab'))[0] ?? '', /Friedhofsgebührensatzung/);
});
