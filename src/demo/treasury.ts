import * as accounts from '#modules/accounts';
import * as payments from '#modules/payments';
import { type Context, type Platform, systemContext } from '#platform/context';
import type { TenantName } from './cast.ts';
import { openPracticeGateway, type PracticeGateway } from './gateway/server.ts';
import type { Short } from './place.ts';
import { inLanes, moment, openStage, type Stage } from './stage.ts';

/** What the practice payment service and the demonstration's authorities share. */
export const practiceSecret = 'uebungsbezahldienst';

/** Who keeps the money: two persons, so that large refunds can be approved. */
const treasurers: Readonly<Partial<Record<TenantName, readonly Short[]>>> = {
  ellrich: ['m.sauerland', 'h.kranich'],
  werther: ['e.star', 'i.meise'],
  rhoenblick: ['emil'],
};

const fees: readonly (readonly [text: string, cents: number])[] = [
  ...([
    ['Hundesteuer 2026', 6_000],
    ['Bewohnerparkausweis', 3_000],
    ['Gewerbeanmeldung', 2_600],
  ] as const),
  ...([
    ['Personalausweis', 3_700],
    ['Geburtsurkunde', 1_500],
    ['Straßenfest am Markt', 8_500],
  ] as const),
  ...([
    ['Baugenehmigung Carport', 21_400],
    ['Tische auf dem Gehweg', 4_550],
    ['Reisepass', 7_000],
  ] as const),
  ['Führungszeugnis', 1_300],
];

const names = [
  ...['Ahmet Yıldız', 'Birgit Lohse', 'Clemens Wolf', 'Doreen Vogt', 'Edgar Hain', 'Fatima Nasser', 'Gisela Thon'],
  ...['Holger Brandt', 'Ines Kupfer', 'Jana Sommer', 'Konrad Ritter', 'Liu Chen', 'Mandy Krause', 'Norbert Fuhr'],
];

/** How it went; each payment takes the next one. */
const courses = [
  ...(['paid', 'paid', 'open', 'declinedThenPaid', 'paid', 'invoice', 'underWay', 'awaitingFee', 'paid'] as const),
  ...(['partBack', 'expired', 'wrongSum', 'paid', 'largeBack', 'declined', 'transferred', 'withdrawn', 'overpaid'] as const),
];
type Course = (typeof courses)[number];

/** So many days ago, by course: what is open is recent, what is over may be long ago. */
const youngest: Readonly<Partial<Record<Course, number>>> = { open: 1, underWay: 0, awaitingFee: 2, declined: 1, wrongSum: 3 };
const oldest: Readonly<Partial<Record<Course, number>>> = { expired: 40, invoice: 5, transferred: 45 };

export type Town = { readonly name: TenantName; readonly tenant: number; readonly accounts: ReadonlyMap<Short, number> };

/** Fills the treasuries of some municipalities: payments in all states, made through the practice payment service. */
export async function fillTreasuries(platform: Platform, towns: readonly Town[], given?: PracticeGateway): Promise<void> {
  const service = given ?? (await openPracticeGateway({ secret: practiceSecret }));
  // The instance is not yet marked as a demonstration while it is filled; its service lies on this machine.
  const here: Platform = { ...platform, config: { ...platform.config, demo: true } };
  try {
    await Promise.all(towns.filter(({ name }) => treasurers[name]).map((town) => fillTreasury(here, town, service)));
  } finally {
    if (!given) await service.close();
  }
}

/** Where a treasury of the demonstration asks: our own service on this machine, whatever port it had. */
const ownAddress = /^http:\/\/127\.0\.0\.1:\d+(\/[xf])$/;

/**
 * A demonstration that is started again has its practice service at another port: the treasuries ask there from now on. One that somebody
 * has given another service stays as it is.
 */
export async function followService(platform: Platform, tenants: readonly number[], { url }: PracticeGateway): Promise<void> {
  const here: Platform = { ...platform, config: { ...platform.config, demo: true } };
  for (const tenant of tenants) {
    const house = systemContext(here, tenant, 'demo');
    const { address } = await payments.getSettings(house);
    const [, language] = ownAddress.exec(address) ?? [];
    if (!language || address === url + language) continue;
    await payments.setSettings(house, { address: url + language, secret: practiceSecret, hasMoved: true });
  }
}

async function fillTreasury(
  platform: Platform,
  { name, tenant, accounts: people }: Town,
  service: PracticeGateway,
): Promise<void> {
  const stage = openStage(platform, tenant, platform.clock.now());
  const keepers = (treasurers[name] ?? []).map((short) => people.get(short) as number);
  stage.at(moment(stage.today, 60));
  const isLarge = name === 'ellrich';
  await payments.setSettings(stage.house, {
    gateway: isLarge ? 'xbezahldienste' : 'signedForms',
    address: `${service.url}/${isLarge ? 'x' : 'f'}`,
    originator: name,
    endpoint: 'kasse',
    secret: practiceSecret,
    referencePrefix: name.slice(0, 2).toUpperCase(),
    payee: 'Gemeindekasse',
    iban: 'DE02120300000000202051',
    bic: 'BYLADEM1001',
  });
  for (const account of keepers) {
    const { roles } = await accounts.getPerson(stage.house, { account });
    await accounts.setRoles(stage.house, { account }, [...roles, 'treasurer']);
  }
  const count = isLarge ? courses.length * 2 : courses.length;
  await inLanes(stage, count, async (lane, index) => {
    await play({ stage: lane, service, keeper: await lane.person(keepers[0] as number) }, index);
  });
}

type Scene = { readonly stage: Stage; readonly service: PracticeGateway; readonly keeper: Context };

const dayOf = (course: Course, index: number): number => youngest[course] ?? oldest[course] ?? 4 + ((index * 7) % 25);

/** One payment from the beginning to where it stands today. */
async function play({ stage, service, keeper }: Scene, index: number): Promise<void> {
  const course = courses[index % courses.length] as Course;
  const [purpose, cents] =
    course === 'largeBack' ? ['Baugenehmigung Wohnhaus', 48_000] : (fees[index % fees.length] as (typeof fees)[number]);
  const ago = dayOf(course, index);
  stage.at(moment(stage.today, ago, index + 1));
  const visitor: Context = { ...stage.house, actor: { kind: 'nobody', tenant: stage.tenant } };
  const { payment, page } = await stage.platform.db.write(stage.tenant, (tx) =>
    payments.openPayment(visitor, tx, {
      tenant: stage.tenant,
      thing: { kind: 'Antrag', id: `E-${String(index + 1).padStart(4, '0')}` },
      thingName: `E-${String(index + 1).padStart(4, '0')}`,
      purpose,
      items: course === 'awaitingFee' ? null : [{ text: purpose, cents }],
      debtor: { name: names[index % names.length] ?? '', street: `Am Anger ${index + 1}`, postcode: '99755', town: 'Musterdorf' },
      returnTo: '/suche',
    }),
  );
  const token = page.slice('/bezahlung/'.length);
  /** Goes to the service and does there what people do. */
  const atService = async (state: 'paid' | 'denied' | 'new', paid?: number) => {
    const address = await payments.pay(visitor, token);
    const transaction = service.ledger.byKey(address.split('/pay/')[1] ?? '');
    if (transaction) service.end(transaction.id, state, paid);
    await payments.comeBack(visitor, token);
  };
  const later = (days: number) => stage.at(moment(stage.today, Math.max(0, ago - days), index + 2));
  const back = (days: number, sum: number, reason: string) => {
    later(days);
    return payments.refund(keeper, { payment, cents: sum, reason });
  };
  const book = (days: number) => {
    later(days);
    const bookedOn = stage.platform.clock.now().toISOString().slice(0, 10);
    return payments.bookTransfer(keeper, { payment, cents, bookedOn, note: 'Kontoauszug' });
  };
  const acts: Readonly<Record<Course, () => Promise<unknown>>> = {
    paid: () => atService('paid'),
    open: async () => {},
    awaitingFee: async () => {},
    expired: async () => {},
    declined: () => atService('denied'),
    declinedThenPaid: () => atService('denied').then(() => atService('paid')),
    underWay: () => atService('new'),
    wrongSum: () => atService('paid', cents - 100),
    invoice: () => payments.issueInvoice(keeper, { payment, days: 30 }),
    transferred: () => payments.issueInvoice(keeper, { payment, days: 14 }).then(() => book(9)),
    overpaid: () => atService('paid').then(() => book(2)),
    partBack: () => atService('paid').then(() => back(3, Math.floor(cents / 2), 'Gebühr ermäßigt')),
    largeBack: () => atService('paid').then(() => back(2, cents, 'Bauantrag zurückgezogen')),
    withdrawn: () => payments.takeTreasurerStep(keeper, { payment, step: 'withdraw', reason: 'Antrag zurückgezogen' }),
  };
  await acts[course]();
}
