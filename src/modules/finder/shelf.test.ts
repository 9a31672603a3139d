import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Context } from '#platform/context';
import { settleEditors } from '../../../test/editors.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import * as finder from './index.ts';
import { limits } from './rules.ts';
import type { EntryKind } from './rules-content.ts';
import { openShelf } from './shelf.ts';
import { sitemapIndex } from './sitemap.ts';

/** What processes keep of what they have shown: nobody is shown what no longer holds, whichever process has published. */

const stand = await openStand();
const people = await settle(stand);
await settleEditors(people);
const { house, nobody, ellrich } = people;
const [celik, paula] = [await people.now('celik'), await people.now('paula')];
const [anna, bernd] = [await people.now('anna'), await people.now('bernd')];

/** Another process beside this one shares the database and nothing else. */
const elsewhere: Context = { ...nobody, platform: { ...nobody.platform } };
const everywhere = [nobody, elsewhere];

type Change = { readonly kind: EntryKind; readonly key: string; readonly by: readonly [author: Context, approver: Context] };

/** A new version of an entry, written, approved and published by this process. */
async function change({ kind, key, by: [author, approver] }: Change, fields: Readonly<Record<string, unknown>>): Promise<void> {
  const entry = (await finder.findEntry(author, { kind, key })) as number;
  const { published } = await finder.getEntry(author, { entry });
  const content = { ...published?.content, ...fields };
  await finder.saveDraft(author, { entry }, { content, edition: null });
  await finder.takeStep(author, { entry }, 'submit');
  await finder.takeStep(approver, { entry }, 'approve');
  await finder.publishEntry(house, author.actor.tenant, entry);
}

test('a service, its authority and a situation in life are shown as they are, in all processes at once', async () => {
  const dog = { kind: 'service', key: 'hundesteuer', by: [celik, paula] } as const;
  const town = { kind: 'authority', key: '16062005', by: [anna, bernd] } as const;
  const animals = { kind: 'lifeEvent', key: 'animals', by: [celik, paula] } as const;
  for (let time = 1; time <= 3; time += 1) {
    const [title, phone, name] = [`Hundesteuer ${time}`, `03632 ${time}00`, `Tiere ${time}`];
    // Everybody has seen what held before.
    for (const ctx of everywhere) {
      const { content, authority } = await finder.getService(ctx, 'hundesteuer', '16062005');
      assert.notDeepEqual([content.title, authority?.content.phone], [title, phone]);
      await finder.getLifeEvent(ctx, 'animals');
    }
    await change(dog, { title });
    await change(town, { phone });
    await change(animals, { title: name });
    for (const ctx of everywhere) {
      const { content, authority } = await finder.getService(ctx, 'hundesteuer', '16062005');
      assert.deepEqual([content.title, authority?.content.phone], [title, phone]);
      assert.equal((await finder.getAuthority(ctx, '16062005')).content.phone, phone);
      const { title: shown, services } = await finder.getLifeEvent(ctx, 'animals');
      assert.deepEqual([shown, services.items[0]?.title], [name, title]);
      assert.ok((await finder.listLifeEvents(ctx)).some((event) => event.title === name));
    }
  }
});

test('a place is answered for itself, a reader in their language, and a moment by the clock', async () => {
  const english: Context = { ...nobody, locale: 'en' };
  const of = async (place: string) => (await finder.getService(nobody, 'hundesteuer', place)).authority?.key;
  for (let time = 0; time < 2; time += 1) {
    assert.deepEqual([await of('16062005'), await of('16062063'), await of('')], ['16062005', '16062063', undefined]);
    assert.notEqual((await finder.getLifeEvent(english, 'birth')).title, (await finder.getLifeEvent(nobody, 'birth')).title);
  }
  await change({ kind: 'authority', key: '16062005', by: [anna, bernd] }, { hours: 'Mo 9–12' });
  const isOpen = async () => (await finder.getAuthority(nobody, '16062005')).opening?.isOpen;
  assert.equal(await isOpen(), true, 'Monday, nine in the morning');
  stand.clock.advance(4 * 3_600);
  assert.equal(await isOpen(), false);
});

test('what is withdrawn is gone in all processes, and so are its addresses in the list for search engines', async () => {
  const entry = (await finder.findEntry(celik, { kind: 'service', key: 'sperrmuell' })) as number;
  const lists = async () => Promise.all(everywhere.map((ctx) => sitemapIndex(ctx)));
  const [before] = await lists();
  for (const ctx of everywhere) await finder.getService(ctx, 'sperrmuell');
  await finder.takeStep(paula, { entry }, 'withdraw');
  await finder.publishEntry(house, celik.actor.tenant, entry);
  for (const ctx of everywhere) await assert.rejects(finder.getService(ctx, 'sperrmuell'), { code: 'finder.serviceUnknown' });
  assert.deepEqual(await lists(), [before, before], 'the parts begin where they began');
  assert.notEqual(ellrich, finder.stateTenant);
});

test('asked at once it is loaded once; what is not there, or failed, is asked for again; the oldest goes first', async () => {
  const shelf = await openShelf(nobody);
  let loads = 0;
  const load = async () => ++loads;
  assert.deepEqual(await Promise.all([shelf.keep('a', load), shelf.keep('a', load)]), [1, 1]);
  assert.equal(await (await openShelf(nobody)).keep('a', load), 1);
  assert.equal(await (await openShelf(elsewhere)).keep('a', load), 2, 'another process has its own');
  const nothing = async () => (++loads > 0 ? null : 1);
  assert.deepEqual([await shelf.keep('b', nothing), await shelf.keep('b', nothing), loads], [null, null, 4]);
  await assert.rejects(shelf.keep('c', () => Promise.reject(new Error('away'))));
  assert.equal(await shelf.keep('c', load), 5);
  for (let count = 0; count < limits.shelved; count += 1) await shelf.keep(`other ${count}`, async () => count);
  assert.equal(await shelf.keep('a', load), 6);
  stand.clock.advance(86_400);
  assert.equal(await (await openShelf(nobody)).keep('a', load), 7, 'another day');
});
