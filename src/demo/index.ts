import * as accounts from '#modules/accounts';
import { provider, tenantNumbers } from '#modules/tenants';
import { type Context, type Platform, systemContext } from '#platform/context';
import { noteDemo, readDemo } from '#platform/demo';
import { OperatorError } from '#platform/errors';
import { fillAccount, fillApplications, publishForms } from './applications.ts';
import { fillArchive } from './archive.ts';
import { fillBuilding } from './building.ts';
import { password, personFacts, tenantFacts } from './cast.ts';
import { fillDeliveries, fillFetching } from './deliveries.ts';
import { fillEditorial } from './editorial.ts';
import { openPracticeGateway, type PracticeGateway } from './gateway/server.ts';
import { openPracticeIdentity, type PracticeIdentity } from './identity/server.ts';
import { fillIndicators } from './indicators.ts';
import { fillMailbox } from './mailbox.ts';
import { fillOffices } from './offices.ts';
import { fillOwnForms } from './own-forms.ts';
import { type Roster, settlePeople } from './people.ts';
import type { Place } from './place.ts';
import { ellrich } from './places/ellrich.ts';
import { others } from './places/others.ts';
import { rhoenblick } from './places/rhoenblick.ts';
import { fillShelves } from './shelves.ts';
import { moment, openStage, type Stage } from './stage.ts';
import { createTenants, suspendOne } from './tenants.ts';
import { fillTreasuries, followService, practiceSecret } from './treasury.ts';

/**
 * The demonstration: an empty instance filled with the cast, as if they had worked in it for three years.
 *
 * Everything goes through the verbs of the rooms, with a clock that stands on the day when it is said to have happened, so
 * audit, change feed and versions are what they would be. All persons, places' affairs and texts are made up here.
 */

const places: readonly Place[] = [...others, rhoenblick, ellrich];

/** Whether an instance has never been used. */
async function isEmpty(platform: Platform): Promise<boolean> {
  return (await tenantNumbers(platform)).length === 0;
}

/**
 * Fills an empty instance and notes that it is a demonstration; the large folder comes later, see {@link finishDemo}.
 * @param practice the payment service of the demonstration, which a filled one follows to its port; left out: one that is gone afterwards
 * @returns whether the instance is a demonstration now: one that was in use is left as it is
 * Throws `OperatorError` when an earlier start was stopped in the middle of this.
 */
export async function fillDemo(platform: Platform, practice?: PracticeGateway): Promise<boolean> {
  const state = await readDemo(platform.db.instance);
  if (state === 'filling') {
    throw new OperatorError(
      'an earlier start was stopped while it filled this demonstration; please begin again with an empty data directory (and database).',
    );
  }
  if (state !== null) {
    if (practice) await followService(platform, await tenantNumbers(platform), practice);
    return true;
  }
  if (!(await isEmpty(platform))) return false;
  await noteDemo(platform.db.instance, 'filling');
  await fill(platform, practice);
  await noteDemo(platform.db.instance, 'filled');
  return true;
}

async function fill(platform: Platform, practice: PracticeGateway | undefined): Promise<void> {
  const today = platform.clock.now();
  const numbers = await createTenants(platform, places, today);
  const settled = await Promise.all(
    places.map(async (place) => {
      const stage = openStage(platform, numbers.get(place.tenant) as number, today);
      return { stage, place, roster: await settlePeople(stage, place) };
    }),
  );
  await Promise.all([
    ...settled.map(({ stage, place, roster }) => fillShelves(stage, place, roster)),
    fillOffices(openStage(platform, provider, today), numbers),
    fillTreasuries(
      platform,
      settled.map(({ stage, place, roster }) => ({ name: place.tenant, tenant: stage.tenant, accounts: roster.accounts })),
      practice,
    ),
  ]);
  await publishForms(openStage(platform, provider, today));
  await Promise.all(
    settled.map(async ({ stage, place, roster }) => {
      await fillApplications(stage, place.tenant, roster);
      await fillIndicators(stage, place.tenant);
    }),
  );
  const town = settled.find(({ place }) => place === ellrich);
  if (town) {
    const celik = await fillMailbox(town.stage, town.roster.accounts);
    await fillAccount(town.stage, celik, town.roster);
    await fillOwnForms(town.stage, town.roster);
    await fillBuilding(town, neighboursOf(settled));
    await fillOffice(settled, town);
    await passOn(platform, settled, town);
    await stirUp(town.stage, town.roster.accounts);
  }
  await suspendOne(platform, numbers.get('kyffhaeuserland') as number);
}

type Settled = { readonly stage: Stage; readonly place: Place; readonly roster: Roster };

/** Whom the building office asks: the clerks of two other municipalities. */
function neighboursOf(settled: readonly Settled[]) {
  const clerks: Readonly<Record<string, string>> = { rhoenblick: 'emil', werther: 'i.meise' };
  return settled.flatMap(({ stage, place, roster }) => {
    const clerk = roster.accounts.get(clerks[place.tenant] ?? '');
    return clerk === undefined ? [] : [{ stage, clerk }];
  });
}

/** The editorial offices of the state and of the town. */
async function fillOffice(settled: readonly Settled[], town: Settled): Promise<void> {
  const state = settled.find(({ place }) => place.tenant === 'tlrz');
  if (state) await fillEditorial(state, { ...town, area: tenantFacts.ellrich.municipalityKey });
}

/** The town passes applications on to the state. */
async function passOn(platform: Platform, settled: readonly Settled[], { stage: from }: Settled): Promise<void> {
  const state = settled.find(({ place }) => place.tenant === 'tlrz');
  const administrator = state?.roster.accounts.get('paula');
  if (!state || administrator === undefined) return;
  await fillDeliveries(platform, { from, to: { ...state.stage, administrator } });
  const village = settled.find(({ place }) => place.tenant === 'werther');
  if (village) await fillFetching(platform, { from: village.stage, to: from, at: { ...state.stage, administrator } });
}

const hour = 3_600_000;

/** What is going on in the town today: an invitation is out, somebody forgot a password, Anna is at work on two devices. */
async function stirUp(stage: Stage, people: ReadonlyMap<string, number>): Promise<void> {
  const { house, today, platform } = stage;
  const visitor: Context = { ...house, actor: { kind: 'nobody', tenant: provider }, network: '192.0.2.44' };
  await Promise.all([...people.values()].map((account, index) => lookIn(stage, account, index + 1)));
  stage.at(new Date(today.getTime() - 26 * hour));
  await accounts.invite(house, { address: 'neu.im.amt@ellrich.example', name: 'Nele Neuling' });
  stage.at(new Date(today.getTime() - 3 * hour));
  const userAgent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
  await accounts.signIn(visitor, { address: personFacts.anna.address, password, userAgent });
  const anna = await stage.person(people.get('anna') as number);
  await accounts.createAppPassword(anna, { name: 'Explorer im Büro' });
  await accounts.createAppPassword(anna, { name: 'Diensthandy' });
  stage.at(new Date(today.getTime() - 0.5 * hour));
  await accounts.requestReset({ ...visitor, platform }, 's.amsel@ellrich.example');
}

/** Somebody was here a few days ago: an administrator sees who uses the cloud. */
async function lookIn({ house, platform, today }: Stage, account: number, days: number): Promise<void> {
  const { address } = await accounts.getPerson(house, { account });
  const at = moment(today, days, account);
  const actor = { kind: 'nobody', tenant: provider } as const;
  const there = { ...house, actor, network: `192.0.2.${100 + days}`, platform: { ...platform, clock: { now: () => at } } };
  await accounts.signIn(there, { address, password });
}

/**
 * Fills the large folder beside the running instance; comes back at once when it is full already, and early when told to.
 * @returns whether all of it is there
 */
export async function finishDemo(platform: Platform, signal: AbortSignal): Promise<boolean> {
  if ((await readDemo(platform.db.instance)) !== 'filled') return true;
  const { tenant, id } = await accounts.findPerson(systemContext(platform, provider, 'demo'), personFacts.emil.address);
  const actor = await accounts.actorOf(platform, tenant, id);
  if (!actor) return false; // Emil was disabled by whoever tries the demonstration
  const isWhole = await fillArchive({ platform, actor, request: 'demo', locale: 'de', network: 'local' }, signal);
  if (isWhole) await noteDemo(platform.db.instance, 'complete');
  return isWhole;
}

/**
 * Opens the payment service people practise with, on a port beside the instance's, or on any when that one is taken.
 * @param port the instance's own port; with 0 it takes a free one
 */
export async function openPractice(port: number): Promise<PracticeGateway> {
  const beside = port === 0 ? 0 : port + 1;
  const open = (at: number) => openPracticeGateway({ port: at, secret: practiceSecret });
  return open(beside).catch(() => open(0));
}

/** Opens the state identity people practise with, two ports beside the instance's, or on any when that one is taken. */
export async function openIdentityBeside({
  port,
  url,
}: {
  readonly port: number;
  readonly url: string;
}): Promise<PracticeIdentity> {
  const open = (at: number) => openPracticeIdentity({ port: at, partnerUrl: url });
  return open(port + 2).catch(() => open(0));
}

export { guide } from './guide.ts';
