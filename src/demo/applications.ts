import * as accounts from '#modules/accounts';
import * as forms from '#modules/forms';
import * as intake from '#modules/intake';
import type { CitizenActor, Context } from '#platform/context';
import { daysAfter } from '#platform/day';
import type { TenantName } from './cast.ts';
import { rate } from './indicators.ts';
import type { Roster } from './people.ts';
import { inLanes, moment, type Stage } from './stage.ts';

/** What citizens have applied for in the last weeks, in every state, as the offices of three municipalities have it on their desks. */

type Town = {
  readonly name: string;
  readonly area: string;
  readonly unit: string;
  readonly clerk: string;
  readonly count: number;
  readonly tag: number;
};

/** The municipalities that take applications here, who works on them, and how many have come. */
const takers: Readonly<Partial<Record<TenantName, Town>>> = {
  ellrich: { name: 'Ellrich', area: '16062005', unit: 'Ordnungsamt', clerk: 'bernd', count: 80, tag: 500 },
  werther: { name: 'Werther', area: '16062063', unit: 'Verwaltung', clerk: 'i.meise', count: 60, tag: 0 },
  rhoenblick: { name: 'Rhönblick', area: '16066093', unit: 'Hauptverwaltung', clerk: 'emil', count: 60, tag: 300 },
};

/** Over so many days they came in. */
const pastDays = 60;

const offered = ['hundesteuer', 'bewohnerparkausweis', 'gewerbeanmeldung', 'reisepass', 'veranstaltung-anzeigen'] as const;

const firstNames = ['Celik', 'Martha', 'Jörg', 'Aylin', 'Ernst', 'Wanda', 'Pavel', 'Rosa', 'Till', 'Hedwig', 'Nuri', 'Greta'];
const lastNames = ['Çetin', 'Fuchs', 'Ahorn', 'Sperling', 'Kiefer', 'Novák', 'Wolf', 'Birke', 'Specht', 'Mohn', 'Igel'];
const streets = ['Am Bach', 'Lindenweg', 'Kirchgasse', 'Schulstraße', 'Mühlweg'];

type Answers = Readonly<Record<string, string | readonly string[]>>;
type Pages = readonly (readonly [page: string, answers: Answers])[];

const pick = (list: readonly string[], index: number) => list[index % list.length] as string;

function personOf(index: number, town: string): Pages {
  const home = {
    'home.street': pick(streets, index),
    'home.number': String(1 + (index % 40)),
    'home.postcode': '99755',
    'home.town': town,
  };
  return [
    [
      'person',
      {
        firstName: pick(firstNames, index),
        lastName: pick(lastNames, index * 3),
        born: `${1 + (index % 28)}.3.${1950 + (index % 50)}`,
      },
    ],
    ['address', home],
    ['contact', { mail: '', phone: '' }],
  ];
}

type Wish = { readonly form: (typeof offered)[number]; readonly pages: Pages };

/** Five things people want, in turn. */
function wishOf(index: number, town: string, today: Date): Wish {
  const person = personOf(index, town);
  const day = (ahead: number) => daysAfter(today, ahead).toISOString().slice(0, 10);
  const gone = { goneName: pick(['Bello', 'Luna', 'Rex', 'Bella'], index), taxNumber: '', goneOn: day(-100), goneWhy: 'died' };
  const dog = {
    dogName: 'Emma',
    breed: 'Mischling',
    sex: 'female',
    dogBorn: '2024-05-01',
    keptSince: '2024-08-01',
    chip: '276098100000001',
  };
  const wishes: readonly Wish[] = [
    { form: 'hundesteuer', pages: [['what', { matter: 'deregister' }], ['gone', gone], ...person] },
    {
      form: 'reisepass',
      pages: [
        ['who', { forWhom: 'self' }],
        ...person,
        ['more', { birthPlace: 'Nordhausen', height: '174', eyes: 'grün' }],
        ['old', { oldPaper: 'card' }],
        ['kind', { express: index % 3 === 0 ? 'yes' : 'no', large: 'no' }],
        ['days', { earliest: day(30), weekdays: ['mo', 'th'], hours: 'morning' }],
        ['helpful', { support: [] }],
      ],
    },
    {
      form: 'veranstaltung-anzeigen',
      pages: [
        ['what', { eventName: 'Sommerfest', eventKind: 'feast', programme: 'Kaffee, Kuchen, Musik und Spiele' }],
        ['when', { fromDay: day(60), toDay: day(61), hours: '14 bis 22 Uhr' }],
        ['where', { place: 'Vereinsgelände', ground: 'private', visitors: '120' }],
        ['extra', { extras: ['alcohol'] }],
        ['insurance', { insured: 'yes' }],
        ['organiser', { organiser: 'Heimatverein' }],
        ...person.map(([page, answers]) => [page, answers] as const),
      ],
    },
    {
      form: 'gewerbeanmeldung',
      pages: [
        ['what', { matter: 'close' }],
        ['form', { legalForm: 'sole' }],
        ...person,
        ['origin', { birthPlace: 'Sondershausen', nationality: 'deutsch', birthName: '' }],
        ['place', { 'site.street': 'Markt', 'site.number': '4', 'site.postcode': '99755', 'site.town': town, isMain: 'yes' }],
        ['closing', { ends: day(-90), endsWhy: 'given-up' }],
        ['identity', {}],
      ],
    },
    {
      form: 'hundesteuer',
      pages: [
        ['what', { matter: 'register' }],
        ['dogs', dog],
        ['household', { kept: '0' }],
        ['danger', { dangerous: 'no' }],
        ['exemption', { exempt: 'none' }],
        ...person,
        ['debit', { wantsDebit: 'no' }],
      ],
    },
  ];
  return wishes[index % wishes.length] as Wish;
}

/** The forms that come with the product are published. */
export async function publishForms(stage: Pick<Stage, 'operator'>): Promise<void> {
  await forms.publishBuiltIn(stage.operator);
}

/** A municipality takes forms, and some weeks of applications come in. */
export async function fillApplications(stage: Stage, name: TenantName, roster: Roster): Promise<void> {
  const town = takers[name];
  if (!town) return;
  const { house, tenant, today } = stage;
  const office = roster.principals.get(town.unit) ?? null;
  stage.at(moment(today, 90));
  for (const form of [...offered, 'eigene-meldedaten']) {
    const values = form === 'hundesteuer' ? { tag: town.tag } : {};
    await forms.setOverlay(house, form, { content: { ...forms.noOverlay, isOffered: true, values, office }, edition: 0 });
    await forms.publishOffer(house, { tenant, form });
  }
  if (office !== null) await intake.setConsulted(house, [office]);
  await intake.publishConsulted(house, { tenant });
  const clerk = roster.accounts.get(town.clerk);
  await inLanes(stage, town.count, (lane, index) => apply(lane, town, { index, clerk: clerk ?? null }));
}

/** Celik has some in her account: one that waits for money, one for an answer, one for nothing, and one she has only begun. */
const ownOnes = [0, 2, 4, 8];

/** Celik applies while signed in, and Bernd fills something in for somebody who came to the town hall. */
export async function fillAccount(stage: Stage, celik: CitizenActor, roster: Roster): Promise<void> {
  const town = takers.ellrich as Town;
  const clerk = roster.accounts.get(town.clerk) as number;
  for (const index of ownOnes) await apply(stage, town, { index, clerk, celik });
  const { roles } = await accounts.getPerson(stage.house, { account: clerk });
  await accounts.setRoles(stage.house, { account: clerk }, [...roles, 'counter']);
  const bernd = await stage.person(clerk);
  stage.at(moment(stage.today, 2));
  const { token } = await forms.beginAtCounter(bernd, { form: 'hundesteuer', served: 'Celik Çetin', identity: 'idCard' });
  const { pages } = wishOf(0, town.name, stage.today);
  await answerAll(bernd, token, { pages, index: 900 });
  stage.at(new Date(moment(stage.today, 2).getTime() + 10 * 60_000));
  await send(bernd, token);
}

type Application = { readonly index: number; readonly clerk: number | null; readonly celik?: CitizenActor };

/** Answers a form page by page. */
export async function answerAll(
  visitor: Context,
  token: string,
  { pages, index }: { pages: Pages; index: number },
): Promise<void> {
  for (const [page, answers] of pages) {
    const sent = new Map(Object.entries(answers).map(([field, value]) => [field, [value].flat()] as const));
    await forms.savePage(visitor, token, { page, item: 0, step: `1.demo-${index}-step`, go: 'next', sent });
  }
}

/** Sends it. Resolves with what has to be paid at once; null: nothing. */
export async function send(visitor: Context, token: string): Promise<number | null> {
  const check = await forms.lookAtCheck(visitor, token);
  if (!('edition' in check)) throw new Error(`the demonstration's application lacks ${check.goTo}`);
  const cents = check.fee?.kind === 'sum' ? check.fee.cents : null;
  await forms.submitDraft(visitor, token, { edition: check.edition, cents, isDeclared: true, trap: '' });
  return cents;
}

const asCelik = (pages: Pages): Pages =>
  pages.map(([page, answers]) => [page, page === 'person' ? { ...answers, firstName: 'Celik', lastName: 'Çetin' } : answers]);

async function apply(stage: Stage, { area, name, count }: Town, { index, clerk, celik }: Application): Promise<void> {
  const { platform, today, tenant } = stage;
  const ago = Math.floor((index * pastDays) / count);
  const network = `198.51.100.${index + 1}`;
  const visitor: Context = { ...stage.house, platform, network, actor: celik ?? { kind: 'nobody', tenant: 1 } };
  const sentAt = moment(today, ago, index);
  stage.at(new Date(sentAt.getTime() - 20 * 60_000));
  const wish = wishOf(index, name, today);
  const { form, pages } = celik ? { ...wish, pages: asCelik(wish.pages) } : wish;
  const { token } = await forms.beginDraft(visitor, { form, place: area, trap: '' });
  // One in nine stops in the middle.
  const kept = index % 9 === 8 ? pages.slice(0, 2) : pages;
  await answerAll(visitor, token, { pages: kept, index });
  if (kept.length < pages.length) return;
  stage.at(sentAt);
  const cents = await send(visitor, token);
  if (cents === null && index % 3 === 0) await rate(visitor, token, index);
  if (cents === null && clerk !== null) await workOn(stage, { visitor, token, index, ago, clerk, tenant });
}

/** Some want to hear the neighbours first. */
async function askAround(official: Context, id: number, index: number): Promise<void> {
  const { offices, sections } = await intake.listStatements(official, id);
  const [other] = offices.filter(({ source }) => source !== official.actor.tenant);
  if (!other || index % 2 === 0) return;
  await intake.askForStatement(official, id, {
    office: `${other.source}:${other.office}`,
    dueOn: intake.usualAnswerDay(official),
    attachments: [],
    question: 'Ist der Fall bei Ihnen bekannt, und gibt es etwas, das wir wissen sollten?',
    sections: sections.slice(0, 1).map(({ key }) => key),
  });
}

type Desk = Application & { readonly ago: number; readonly visitor: Context; readonly token: string; readonly tenant: number };

/** How far the office has come. Of the older ones few are left: most would be overdue. */
function fateOf({ index, ago, visitor: { actor } }: Desk): number {
  const isLate = ago > 19 && index % 4 !== 0 && actor.kind !== 'citizen';
  return isLate && index % 7 < 3 ? 5 : index % 7;
}

async function workOn(stage: Stage, desk: Desk): Promise<void> {
  const { visitor, token, index, clerk } = desk;
  const { reference } = await forms.lookAtStatus(visitor, token);
  const { items } = await forms.listSubmissions(stage.house, { limit: 1_000 });
  const id = items.find((line) => line.reference === reference)?.id;
  if (id === undefined) throw new Error(`the office of the demonstration does not see ${reference}`);
  await intake.catchUp(stage.house, id);
  const fate = fateOf(desk);
  if (fate === 0 || clerk === null) return;
  if (fate === 6) return forms.withdrawSubmission(visitor, token);
  const official = await stage.person(clerk);
  /** So many days after it was sent, and not tomorrow. */
  const later = (days: number) => {
    const at = daysAfter(stage.platform.clock.now(), days);
    if (at < stage.today) stage.at(at);
  };
  later(1);
  await intake.take(official, id);
  if (fate === 2) {
    const dueOn = intake.usualAnswerDay(official);
    await intake.askBack(official, id, { text: 'Bitte nennen Sie uns noch Ihre Telefonnummer für Rückfragen.', dueOn });
  }
  if (fate === 1) await askAround(official, id, index);
  if (fate < 3) return;
  later(2 + (index % 5));
  const outcome = index % 4 === 1 ? 'refused' : 'granted';
  const text =
    outcome === 'granted' ? 'Die Unterlagen kommen mit der Post.' : 'Den Grund lesen Sie im Bescheid, der mit der Post kommt.';
  await intake.answer(official, id, { outcome, text });
  if (fate === 5) await intake.close(official, id);
}
