import { readFile } from 'node:fs/promises';
import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import type { Tx } from '#platform/db';
import { authorities, synonyms, texts } from './catalogue/index.ts';
import { authorize, personOf } from './gate.ts';
import { rebuild } from './rebuild.ts';
import { importRegister } from './register.ts';
import { limits, stateTenant } from './rules.ts';
import type { Area } from './rules-area.ts';
import { type AuthorityContent, type CompetenceContent, type Content, checkContent, type EntryKind } from './rules-content.ts';
import { reviewDay } from './rules-day.ts';
import { readAreas } from './store/areas.ts';
import { insertEntry, insertVersion, updateEntry } from './store/entries.ts';
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
 * What is there already stays as it is: running it again adds only what is new. Only the house may (command line, demonstration).
 */
export async function importCatalogue(ctx: Context): Promise<CatalogueReport> {
  authorize(ctx.actor, 'manage', { tenant: stateTenant });
  const areas = await fillRegister(ctx);
  const given: Given[] = [
    ...texts.map(({ key, content }) => ({ kind: 'service' as const, key, content })),
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

const blank = {
  ...{ street: '', postcode: '', town: '', phone: '', mail: '', web: '', hours: '' },
  ...{ accessibility: [], languages: ['Deutsch'], units: [] },
} as const;

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
  const content: AuthorityContent = { ...blank, name, represents, postcode: area.postcodes[0] ?? '', town };
  return [{ kind: 'authority', key: area.key, content }];
}

function competencesFor({ key, services, source }: (typeof authorities)[number]): Given[] {
  return services.map((service) => {
    const content: CompetenceContent = { service, area: '16', authority: key, level: null, unit: '', except: [], source };
    return { kind: 'competence', key: `${service}.16`, content };
  });
}

/** Publishes in the name of the house what has no entry of that key yet; resolves with how many were new. */
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

async function publishOne(tx: Tx, ctx: Context, tenant: number, { kind, key, content }: Given): Promise<boolean> {
  const clean = checkContent(kind, content);
  const title = 'title' in clean ? clean.title : 'name' in clean ? clean.name : key;
  const id = await insertEntry(tx, tenant, { kind, key, title });
  if (id === null) return false;
  const at = ctx.platform.clock.now();
  const { id: author, name } = personOf(ctx.actor);
  const who = { author, authorName: name, approver: author, approverName: name };
  const row = { entry: id, content: clean, note: '', state: 'published' as const, changedAt: at, decidedAt: at };
  const version = await insertVersion(tx, tenant, { ...row, ...who });
  const reviewOn = reviewDay(at, limits.reviewDays);
  await updateEntry(tx, tenant, {
    id,
    title,
    published: version,
    draft: null,
    validFrom: null,
    validTo: null,
    reviewOn,
    checkedOn: null,
    publishedAt: at,
  });
  return true;
}

async function addSynonyms(ctx: Context): Promise<number> {
  return ctx.platform.db.write(stateTenant, async (tx) => {
    const pairs = synonyms.map(([says, means]) => ({ says, means }));
    const added = await insertSynonyms(tx, stateTenant, { pairs, by: personOf(ctx.actor).name, at: ctx.platform.clock.now() });
    await raiseGeneration(tx, stateTenant);
    return added;
  });
}
