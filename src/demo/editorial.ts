import * as accounts from '#modules/accounts';
import * as finder from '#modules/finder';
import { provider } from '#modules/tenants';
import type { Context } from '#platform/context';
import { daysAfter } from '#platform/day';
import type { Roster } from './people.ts';
import { moment, type Stage } from './stage.ts';

/** The editorial offices of the state and of one town in the middle of their work: something in every state, written by people. */

type Office = { readonly stage: Stage; readonly roster: Roster };
type Kind = 'service' | 'supplement' | 'authority' | 'lifeEvent';

/** What people have looked for in the last days and nothing is written about. */
const misses = [
  ['Balkonkraftwerk', 7],
  ['Lastenrad', 5],
  ['Quellwasser', 4],
  ['Glasfaser', 3],
] as const;

async function editors({ stage, roster }: Office, names: readonly string[]): Promise<Context[]> {
  const ids = names.map((name) => roster.accounts.get(name) as number);
  for (const account of ids) {
    const { roles } = await accounts.getPerson(stage.house, { account });
    if (!roles.includes('editor')) await accounts.setRoles(stage.house, { account }, [...roles, 'editor']);
  }
  return Promise.all(ids.map((account) => stage.person(account)));
}

/** Somebody changes some fields of a published entry. Resolves with its number. */
async function change(ctx: Context, [kind, key]: readonly [Kind, string], fields: object, note: string): Promise<number> {
  const entry = await finder.findEntry(ctx, { kind, key });
  if (entry === null) throw new Error(`the demonstration has no ${kind} ${key}`);
  const { published } = await finder.getEntry(ctx, { entry });
  await finder.saveDraft(ctx, { entry }, { content: { ...published?.content, ...fields }, edition: null, note });
  return entry;
}

async function workOfState(office: Office): Promise<void> {
  const { stage } = office;
  stage.at(moment(stage.today, 40));
  const [fink, eule] = (await editors(office, ['f.fink', 'r.eule'])) as [Context, Context];
  const fees = ['13 Euro', 'gebührenfrei, wenn Sie eine Sozialleistung beziehen'];
  const done = await change(fink, ['service', 'fuehrungszeugnis'], { fees }, 'Befreiung ergänzt');
  await finder.takeStep(fink, { entry: done }, 'submit');
  stage.at(moment(stage.today, 38));
  await finder.takeStep(eule, { entry: done }, 'approve');
  for (const [index, key] of ['personalausweis', 'reisepass', 'wohnsitz-anmelden'].entries()) {
    const entry = (await finder.findEntry(fink, { kind: 'service', key })) as number;
    await finder.confirmReview(fink, { entry }, dayIn(stage, 4 + 9 * index));
  }
  stage.at(moment(stage.today, 6));
  const waiting = await change(eule, ['service', 'fundsache'], { duration: 'Aufbewahrt wird sechs Monate.' }, 'Dauer fehlte');
  await finder.takeStep(eule, { entry: waiting }, 'submit');
  const death = 'Was nach einem Todesfall zu tun ist, Schritt für Schritt: vom Totenschein bis zum Erbe.';
  const event = await change(fink, ['lifeEvent', 'death'], { text: death }, 'Auch das Erbe nennen');
  await finder.takeStep(fink, { entry: event }, 'submit');
  const back = await change(fink, ['service', 'kita'], { deadlines: ['rechtzeitig'] }, 'Frist neu gefasst');
  await finder.takeStep(fink, { entry: back }, 'submit');
  stage.at(moment(stage.today, 2));
  await finder.takeStep(eule, { entry: back }, 'sendBack', { answer: '„Rechtzeitig“ hilft niemandem: Wie viele Monate vorher?' });
  await change(fink, ['service', 'wohngeld'], { keywords: ['Mietzuschuss', 'Lastenzuschuss'] }, 'Alltagswörter ergänzt');
  const visitor: Context = { ...stage.house, actor: { kind: 'nobody', tenant: provider }, network: '192.0.2.45' };
  for (const [q, times] of misses) for (let time = 0; time < times; time += 1) await finder.search(visitor, { q });
}

async function workOfTown(office: Office, area: string): Promise<void> {
  const { stage } = office;
  stage.at(moment(stage.today, 20));
  const [anna, bernd] = (await editors(office, ['anna', 'bernd'])) as [Context, Context];
  const note = 'Die Hundemarke kommt mit dem Steuerbescheid. Für Assistenz- und Rettungshunde entfällt die Steuer auf Antrag.';
  const noteEn = 'The dog tag comes with the tax notice. Assistance and rescue dogs are exempt on request.';
  const dogs = await change(
    anna,
    ['supplement', `hundesteuer.${area}`],
    { note, noteEn },
    'Rettungshunde, Beschluss des Stadtrats',
  );
  await finder.takeStep(anna, { entry: dogs }, 'submit');
  stage.at(moment(stage.today, 19));
  await finder.takeStep(bernd, { entry: dogs }, 'approve');
  stage.at(moment(stage.today, 1));
  const content = {
    service: 'wohngeld',
    area,
    documents: ['Mietbescheinigung der Vermieterin oder des Vermieters'],
    fees: [],
    deadlines: [],
    note: 'Formulare und Hilfe beim Ausfüllen gibt es auch im Rathaus, Zimmer E 01.',
    noteEn: 'Forms and help with filling them in are also to be had in the town hall, room E 01.',
    documentsEn: ['confirmation of rent by the landlord'],
    feesEn: [],
    deadlinesEn: [],
  };
  const entry = await finder.createEntry(bernd, { kind: 'supplement', key: `wohngeld.${area}`, content, note: 'oft gefragt' });
  await finder.takeStep(bernd, { entry }, 'submit');
  const hours =
    'Mo 9–12, 13–15\nDi 9–12, 13–18\nDo 9–12, 13–16\nFr 9–12\n24.12.2026 geschlossen\n31.12.2026 geschlossen\n02.01.2027 9–11';
  await change(anna, ['authority', area], { hours }, 'Sondersprechstunde im Januar');
}

const dayIn = ({ today }: Stage, days: number) => daysAfter(today, days).toISOString().slice(0, 10);

/** Gives the offices their editors and their work. */
export async function fillEditorial(state: Office, town: Office & { readonly area: string }): Promise<void> {
  await workOfState(state);
  await workOfTown(town, town.area);
}
