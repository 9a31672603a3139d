import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as files from '#modules/files';
import type { Context } from '#platform/context';
import { assertRefused, deskOf } from '../../../test/desk.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { connect } from '../../platform/db.ts';
import { expireDirectLinks } from './direct.ts';
import { nameKey } from './rules.ts';
import { rank, readNameQuery, searchLimits } from './rules-search.ts';

const stand = await openStand();
const people = await settle(stand);
const { anna, bernd, dora, emil, id } = people;
const [annas, bernds, emils] = [deskOf(anna), deskOf(bernd), deskOf(emil)];
const bauamt = await files.createSpace(dora, { name: 'Bauamt' }, [
  { principal: id.anna, role: 'editor' },
  { principal: id.bernd, role: 'viewer' },
]);

const names = async (ctx: Context, text: string, search?: Parameters<typeof files.searchNames>[2]) =>
  (await files.searchNames(ctx, text, search)).map(({ node }) => node.name);

test('files are found by parts of their names in all spaces of the person, whatever their case', async () => {
  await annas.folder('Straßenbau');
  await annas.write('Straßenbau/Plan Hauptstraße.pdf', 'x');
  await annas.write('Bauamt/Bebauungsplan Süd.pdf', 'x');
  await emils.write('Plan Rhönblick.pdf', 'x');
  await bernds.write('Bernds Plan.txt', 'x');
  assert.deepEqual((await names(anna, 'plan')).sort(), ['Bebauungsplan Süd.pdf', 'Plan Hauptstraße.pdf']);
  assert.deepEqual(await names(anna, 'PLAN süd'), ['Bebauungsplan Süd.pdf']);
  assert.deepEqual(await names(anna, 'hauptstraße'), ['Plan Hauptstraße.pdf']);
  assert.deepEqual(await names(anna, 'Su\u0308d'), ['Bebauungsplan Süd.pdf'], 'decomposed as macOS writes it');
  assert.deepEqual((await names(bernd, 'plan')).sort(), ['Bebauungsplan Süd.pdf', 'Bernds Plan.txt']);
  assert.deepEqual(await names(emil, 'plan'), ['Plan Rhönblick.pdf']);
  assert.deepEqual(await names(dora, 'plan'), [], 'an administrator reads nothing in it');
  await assertRefused(files.searchNames(people.nobody, 'plan'), 'unauthenticated');
});

test('the very name comes first, then what begins with it, then words, then the rest; the latest first among equals', async () => {
  for (const name of ['Altvertrag.txt', 'Ein Vertrag.txt', 'Vertragsentwurf.txt', 'Vertrag.txt'])
    await annas.write(name, 'x', { modified: 1_000 });
  await annas.write('Vertragsrecht.txt', 'x', { modified: 2_000 });
  assert.deepEqual(await names(anna, 'vertrag'), [
    'Vertrag.txt',
    'Vertragsrecht.txt',
    'Vertragsentwurf.txt',
    'Ein Vertrag.txt',
    'Altvertrag.txt',
  ]);
  assert.deepEqual(await names(anna, 'vertrag', { limit: 2 }), ['Vertrag.txt', 'Vertragsrecht.txt']);
});

test('what lies in a trash, or in a folder in it, is not found; nor what one may no longer see', async () => {
  await annas.folder('Fort');
  await annas.write('Fort/Unauffindbar.txt', 'x');
  assert.deepEqual(await names(anna, 'unauffindbar'), ['Unauffindbar.txt']);
  await annas.trash('Fort');
  assert.deepEqual(await names(anna, 'unauffindbar'), []);
  const space = await files.createSpace(dora, { name: 'Kurz' }, [{ principal: id.anna, role: 'editor' }]);
  await annas.write('Kurz/Flüchtig.txt', 'x');
  assert.deepEqual(await names(anna, 'flüchtig'), ['Flüchtig.txt']);
  await files.removeMember(dora, space.id, id.anna);
  assert.deepEqual(await names(anna, 'flüchtig'), []);
});

test('signs of patterns are nothing special, and short words are found where names begin', async () => {
  for (const name of ['50% Rabatt.txt', '50 Prozent.txt', 'a_b.txt', 'axb.txt']) await annas.write(name, 'x');
  assert.deepEqual(await names(anna, '50% rabatt'), ['50% Rabatt.txt']);
  assert.deepEqual(await names(anna, 'a_b'), ['a_b.txt']);
  assert.deepEqual((await names(anna, '50')).sort(), ['50 Prozent.txt', '50% Rabatt.txt']);
  for (const nothing of ['', '   ', '\0', '%', '\\']) assert.deepEqual(await names(anna, nothing), []);
});

test('a search below a folder finds nothing beside it', async () => {
  await annas.folder('Akten');
  await annas.folder('Akten/2026');
  await annas.write('Akten/2026/Niederschrift.txt', 'x');
  await annas.write('Niederschrift.txt', 'x');
  assert.deepEqual(await names(anna, 'niederschrift', { within: await annas.at('Akten') }), ['Niederschrift.txt']);
  assert.equal((await names(anna, 'niederschrift')).length, 2);
  assert.deepEqual(await names(anna, 'akten', { within: await annas.at('Akten') }), [], 'the folder is not below itself');
});

test('the function with the owner’s rights shows nothing of another tenant, whatever spaces are asked for', async () => {
  const sql = connect(stand.app, { max: 1 });
  await sql`select set_config('app.tenant', ${String(people.rhoenblick)}, false)`;
  const rows = await sql`select * from files.find_names(array[${bauamt.id}]::bigint[], array['%plan%'], '{}', 10)`;
  await sql`select set_config('app.tenant', ${String(people.ellrich)}, false)`;
  const own = await sql`select * from files.find_names(array[${bauamt.id}]::bigint[], array['%plan%'], '{}', 10)`;
  await sql.end();
  assert.deepEqual([rows.length, own.length], [0, 1]);
});

test('the newest are found by their ending and by their time', async () => {
  await annas.write('Bauamt/Foto 1.JPG', 'x', { modified: 5_000_000 });
  await annas.write('Foto 2.jpg', 'x', { modified: 6_000_000 });
  await annas.write('Kein Foto.jpg.txt', 'x', { modified: 7_000_000 });
  const newest = async (search: Parameters<typeof files.listNewest>[1]) =>
    (await files.listNewest(anna, search)).map(({ node }) => node.name);
  assert.deepEqual(await newest({ endings: ['jpg'] }), ['Foto 2.jpg', 'Foto 1.JPG']);
  assert.deepEqual(await newest({ endings: ['jpg'], before: 6_000_000 }), ['Foto 1.JPG']);
  assert.deepEqual(await newest({ endings: ['jpg'], after: 5_000_000 }), ['Foto 2.jpg']);
  assert.deepEqual(await newest({ endings: ['jpg'], within: await annas.at('Bauamt') }), ['Foto 1.JPG']);
  assert.deepEqual((await files.listNewest(emil, { endings: ['jpg'] })).length, 0);
});

test('what has all of some tags is found, where one may see it', async () => {
  const plan = await annas.at('Bauamt/Bebauungsplan Süd.pdf');
  const [urgent, checked] = [await files.addTag(anna, plan, 'Eilig'), await files.addTag(anna, plan, 'Geprüft')];
  await files.addTag(anna, await annas.at('Vertrag.txt'), 'Eilig');
  const tagged = async (ctx: Context, tags: number[]) => (await files.listTagged(ctx, tags)).map(({ node }) => node.name).sort();
  assert.deepEqual(await tagged(anna, [urgent.id]), ['Bebauungsplan Süd.pdf', 'Vertrag.txt']);
  assert.deepEqual(await tagged(anna, [urgent.id, checked.id]), ['Bebauungsplan Süd.pdf']);
  assert.deepEqual(await tagged(bernd, [urgent.id]), ['Bebauungsplan Süd.pdf']);
  assert.deepEqual([await tagged(anna, []), await tagged(emil, [urgent.id])], [[], []]);
});

test('activity shows what was done to what one may see, and nothing else', async () => {
  await annas.write('Bauamt/Protokoll.txt', 'v1');
  await annas.write('Bauamt/Protokoll.txt', 'v2');
  await files.comment(bernd, await bernds.at('Bauamt/Protokoll.txt'), 'Gut');
  const { node } = await annas.at('Bauamt/Protokoll.txt');
  await annas.trash('Bauamt/Protokoll.txt');
  const { deeds } = await files.listActivity(bernd, { limit: 4 });
  assert.deepEqual(
    deeds.map(({ kind, by, isOwn, entry }) => `${kind} ${by} ${isOwn} ${entry.node.name}`),
    [
      'deleted Anna Apel false Protokoll.txt',
      'commented Bernd Böhme true Protokoll.txt',
      'changed Anna Apel false Protokoll.txt',
      'created Anna Apel false Protokoll.txt',
    ],
  );
  const older = await files.listActivity(bernd, { limit: 2, before: deeds[1]?.seq });
  assert.deepEqual(older.deeds, deeds.slice(2));
  assert.equal((await files.listActivity(bernd, { limit: 50, node: node.id })).deeds.length, 4);
  assert.equal((await files.listActivity(bernd, { limit: 50, node: node.id, isOwn: true })).deeds.length, 1);
  assert.equal(
    (await files.listActivity(bernd, { limit: 200 })).deeds.some(({ entry }) => entry.node.name === 'Vertrag.txt'),
    false,
  );
  assert.deepEqual((await files.listActivity(dora, { limit: 200 })).deeds, []);
  assert.equal(
    (await files.listActivity(emil, { limit: 200 })).deeds.every(({ isOwn }) => isOwn),
    true,
  );
});

test('a direct link reads one file in the name of who made it, for some hours, as long as they may', async () => {
  const token = await files.makeDirectLink(bernd, await bernds.at('Bauamt/Bebauungsplan Süd.pdf'), 60);
  const open = () => files.openDirectLink(people.nobody, token);
  const { ctx, file } = await open();
  assert.deepEqual([ctx.actor.kind === 'account' && ctx.actor.account, file.node.name], [id.bernd, 'Bebauungsplan Süd.pdf']);
  for (const wrong of [
    '',
    'x',
    `${token}x`,
    token.replace(/^[^.]+/, '1'),
    `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
  ])
    await assertRefused(files.openDirectLink(people.nobody, wrong), 'notFound');
  await assertRefused(files.makeDirectLink(bernd, await bernds.at('Bauamt')), 'conflict', 'files.isAFolder');
  await files.setMember(dora, bauamt.id, { principal: id.dora, role: 'manager' });
  await files.removeMember(dora, bauamt.id, id.bernd);
  await assertRefused(open(), 'notFound');
  await files.setMember(dora, bauamt.id, { principal: id.bernd, role: 'viewer' });
  await open();
  stand.clock.advance(61);
  await assertRefused(open(), 'notFound');
  await expireDirectLinks({ ...people.house, actor: { kind: 'system', tenant: people.ellrich, job: 'test' } });
});

test('every name is found by every one of its words, and ranked', () => {
  const word = fc.string({ unit: 'grapheme', minLength: 3, maxLength: 12 }).filter((text) => /^[\p{L}\p{N}]{3,}$/u.test(text));
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), fc.nat(), (words, pick) => {
      const name = words.join(' ');
      const query = readNameQuery(words[pick % words.length] as string);
      assert.ok(query);
      assert.ok(nameKey(name).includes(query.words[0] as string));
      assert.ok([0, 1, 2, 3].includes(rank(query, name)));
      assert.equal(rank(readNameQuery(name) as NonNullable<typeof query>, `${name}.pdf`), 0);
    }),
  );
});

test('whatever is typed becomes a bounded query without a bare sign of a pattern', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      const query = readNameQuery(text);
      if (!query) return;
      assert.ok(query.words.length <= searchLimits.words);
      for (const pattern of [...query.patterns, ...query.others])
        assert.doesNotMatch(pattern.replace(/^%|%$/g, '').replaceAll(/\\[\\%_]/g, ''), /[\\%_\0]/);
    }),
  );
});
