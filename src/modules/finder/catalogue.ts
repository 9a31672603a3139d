import { readFile } from 'node:fs/promises';
import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import type { Sql, Together, Tx } from '#platform/db';
import { ensure, Failure } from '#platform/errors';
import { authorities, blankAuthority, lifeEvents, synonyms, texts } from './catalogue/index.ts';
import { authorize, personOf } from './gate.ts';
import { rebuild } from './rebuild.ts';
import { importRegister } from './register.ts';
import { limits, stateTenant } from './rules.ts';
import type { Area } from './rules-area.ts';
import {
  type AuthorityContent,
  type CompetenceContent,
  type Content,
  checkContent,
  compare,
  type EntryKind,
  titleOf,
} from './rules-content.ts';
import { reviewDay } from './rules-day.ts';
import { readAreas } from './store/areas.ts';
import {
  insertEntry,
  insertVersion,
  lockEntry,
  readEntryId,
  readVersion,
  updateEntry,
  updateVersionState,
} from './store/entries.ts';
import { insertSynonyms, raiseGeneration } from './store/index.ts';

/** What the house itself publishes: the starting catalogue, an import by the operator. */
export type Given = { readonly kind: EntryKind; readonly key: string; readonly content: Content };

export type CatalogueReport = { readonly areas: number; readonly entries: number; readonly synonyms: number };

/** The list of areas that comes with the product; sources in docs/licences.md. */
const registerFile = new URL('./catalogue/register.csv', import.meta.url);
const mergersFile = new URL('./catalogue/mergers.csv', import.meta.url);
const batch = 100;

/**
 * Fills an instance with the register of areas, our service texts, the general administrations of all areas and everyday words.
 * Running it again adds what is new and renews what nobody has touched; what people have written stays. Only the house may (command line, demonstration).
 */
export async function importCatalogue(ctx: Context): Promise<CatalogueReport> {
  authorize(ctx.actor, 'manage', { tenant: stateTenant });
  const areas = await fillRegister(ctx);
  const given: Given[] = [
    ...texts.map(({ key, content }) => ({ kind: 'service' as const, key, content })),
    ...lifeEvents.map(({ key, content }) => ({ kind: 'lifeEvent' as const, key, content })),
    ...areas.flatMap(administrationFor),
    ...authorities.map(({ key, content }) => ({ kind: 'authority' as const, key, content })),
    ...authorities.flatMap(competencesFor),
  ];
  const entries = await publishGiven(ctx, stateTenant, given);
  const added = await addSynonyms(ctx);
  await rebuild(ctx, stateTenant);
  return { areas: areas.length, entries, synonyms: added };
}

async function fillRegister(ctx: Context): Promise<Area[]> {
  const sql = ctx.platform.db.read(stateTenant);
  if ((await readAreas(sql, stateTenant)).length === 0) {
    for (const file of [registerFile, mergersFile])
      await importRegister(ctx, { csv: await readFile(file, 'utf8'), dryRun: false });
  }
  return readAreas(sql, stateTenant);
}

/** The general administration of an area, with nothing but what the register knows: the municipality completes it. */
function administrationFor(area: Area): Given[] {
  if (area.endedOn !== null || area.kind === 'part' || area.kind === 'state') return [];
  if (area.kind === 'district' && area.designation.startsWith('Stadt ')) return [];
  const isTown = area.designation.startsWith('Stadt ');
  // A district-free town is district and municipality in one.
  const isDistrictFree = isTown && area.kind === 'municipality' && area.key.endsWith('000');
  const name =
    area.kind === 'district' ? `Landratsamt ${area.name}` : `${isTown ? 'Stadtverwaltung' : 'Gemeindeverwaltung'} ${area.name}`;
  const represents = isDistrictFree ? [area.key, area.key.slice(0, 5)] : [area.key];
  const town = area.kind === 'district' ? '' : area.name;
  const content: AuthorityContent = { ...blankAuthority, name, represents, postcode: area.postcodes[0] ?? '', town };
  return [{ kind: 'authority', key: area.key, content }];
}

function competencesFor({ key, services, source }: (typeof authorities)[number]): Given[] {
  return services.map((service) => {
    const content: CompetenceContent = { service, area: '16', authority: key, level: null, unit: '', except: [], source };
    return { kind: 'competence', key: `${service}.16`, content };
  });
}

/** Publishes in the name of the house what is new, and renews what nobody has touched; resolves with how many those were. */
export async function publishGiven(ctx: Context, tenant: number, given: readonly Given[]): Promise<number> {
  let count = 0;
  for (let from = 0; from < given.length; from += batch) {
    count += await ctx.platform.db.write(tenant, async (tx) => {
      let made = 0;
      for (const one of given.slice(from, from + batch)) made += Number(await publishOne(tx, ctx, tenant, one));
      if (made > 0)
        await audit(tx, ctx, [{ action: 'finder.publishGiven', thing: 'finder:catalogue', details: { count: made } }]);
      return made;
    });
  }
  return count;
}

/** False when there was nothing to do: it is there already, or people have written it since. */
async function publishOne(tx: Tx, ctx: Context, tenant: number, { kind, key, content }: Given): Promise<boolean> {
  const clean = checkContent(kind, content);
  const title = titleOf(kind, key, clean);
  const id = await insertEntry(tx, tenant, { kind, key, title });
  if (id === null) return renewOne(tx, ctx, tenant, { kind, key, content: clean });
  await publishVersion(tx, ctx, tenant, { entry: id, title, content: clean });
  return true;
}

/**
 * Publishes one entry in the name of the house, over what is published. Throws `conflict` when somebody is writing a draft of it, which
 * would be lost. With `dryRun` it is only looked at.
 */
export async function publishOver(ctx: Context, tenant: number, given: Given, dryRun: boolean): Promise<Published> {
  return ctx.platform.db.together(tenant, publishing, { ctx, tenant, given, dryRun });
}

type Published = 'created' | 'changed' | 'unchanged';
type Publishing = { readonly ctx: Context; readonly tenant: number; readonly given: Given; readonly dryRun: boolean };

/** Those that wait share a transaction: of ten thousand, each would wait for the disk by itself. */
const publishing: Together<Publishing, Published> = {
  name: 'finder.publishOver',
  most: batch,
  run: async (tx, items) => {
    const done: (Published | Failure)[] = [];
    for (const item of items) {
      // What is refused is refused before it writes, so the others need not begin anew.
      const result = await publishIn(tx, item).catch((error) => (error instanceof Failure ? error : Promise.reject(error)));
      done.push(result);
    }
    return done;
  },
};

async function publishIn(tx: Tx, { ctx, tenant, given: { kind, key, content }, dryRun }: Publishing): Promise<Published> {
  const sql = tx as unknown as Sql;
  const id = await readEntryId(sql, tenant, kind, key);
  const entry = id === null ? null : await lockEntry(tx, tenant, id);
  ensure(!entry || entry.draft === null, 'conflict', 'finder.draftThere');
  const old = entry?.published == null ? null : await readVersion(sql, tenant, entry.id, entry.published);
  if (old && compare(kind, old.content, content).length === 0) return 'unchanged';
  if (dryRun) return entry ? 'changed' : 'created';
  const title = titleOf(kind, key, content);
  const made = entry?.id ?? (await insertEntry(tx, tenant, { kind, key, title }));
  // Somebody made one of this key since we looked.
  if (made === null) throw new Failure('conflict', 'finder.keyTaken', { field: 'key', key });
  const at = ctx.platform.clock.now();
  if (old) await updateVersionState(tx, tenant, { entry: made, version: old.version, state: 'superseded', at });
  await publishVersion(tx, ctx, tenant, { entry: made, title, content });
  return entry ? 'changed' : 'created';
}

/** What the house published and nobody has touched since follows the product: a newer release brings better texts. */
async function renewOne(tx: Tx, ctx: Context, tenant: number, { kind, key, content }: Given): Promise<boolean> {
  const id = await readEntryId(tx as unknown as Sql, tenant, kind, key);
  const entry = id === null ? null : await lockEntry(tx, tenant, id);
  if (entry?.published == null || entry.draft !== null) return false;
  const old = await readVersion(tx as unknown as Sql, tenant, entry.id, entry.published);
  if (!old?.author.startsWith('system:') || compare(kind, old.content, content).length === 0) return false;
  const at = ctx.platform.clock.now();
  await updateVersionState(tx, tenant, { entry: entry.id, version: old.version, state: 'superseded', at });
  await publishVersion(tx, ctx, tenant, { entry: entry.id, title: titleOf(kind, key, content), content });
  return true;
}

type Publication = { readonly entry: number; readonly title: string; readonly content: Content };

async function publishVersion(tx: Tx, ctx: Context, tenant: number, { entry, title, content }: Publication): Promise<void> {
  const at = ctx.platform.clock.now();
  const { id: author, name } = personOf(ctx.actor);
  const who = { author, authorName: name, approver: author, approverName: name };
  const row = { entry, content, note: '', state: 'published' as const, changedAt: at, decidedAt: at };
  const published = await insertVersion(tx, tenant, { ...row, ...who });
  const days = { validFrom: null, validTo: null, reviewOn: reviewDay(at, limits.reviewDays) };
  await updateEntry(tx, tenant, { id: entry, title, published, draft: null, ...days, checkedOn: null, publishedAt: at });
}

async function addSynonyms(ctx: Context): Promise<number> {
  return ctx.platform.db.write(stateTenant, async (tx) => {
    const pairs = synonyms.map(([says, means]) => ({ says, means }));
    const added = await insertSynonyms(tx, stateTenant, { pairs, by: personOf(ctx.actor).name, at: ctx.platform.clock.now() });
    await raiseGeneration(tx, stateTenant);
    return added;
  });
}
