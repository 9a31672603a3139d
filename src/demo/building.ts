import * as forms from '#modules/forms';
import * as intake from '#modules/intake';
import type { Context } from '#platform/context';
import { answerAll, send } from './applications.ts';
import { report } from './paper/pdf.ts';
import type { Roster } from './people.ts';
import { moment, type Stage } from './stage.ts';

/** Building applications of the town with their plans: fresh, waiting for two other authorities, waited for too long, and answered by both. */

type Neighbour = { readonly stage: Stage; readonly clerk: number };
type Case = {
  readonly project: string;
  readonly by: string;
  readonly ago: number;
  readonly fate: 'fresh' | 'asked' | 'late' | 'answered';
};

const cases: readonly Case[] = [
  { project: 'Carport neben dem Wohnhaus', by: 'Martha Fuchs', ago: 2, fate: 'fresh' },
  { project: 'Anbau eines Wintergartens', by: 'Jörg Ahorn', ago: 9, fate: 'asked' },
  { project: 'Neubau einer Scheune', by: 'Wanda Kiefer', ago: 40, fate: 'late' },
  { project: 'Ausbau des Dachgeschosses', by: 'Pavel Novák', ago: 33, fate: 'answered' },
];

const questions = ['Berührt das Vorhaben Wege oder Leitungen bei Ihnen?', 'Spricht aus Ihrer Sicht etwas gegen das Vorhaben?'];
const answers = [
  'Wege und Leitungen der Gemeinde sind nicht berührt. Keine Bedenken.',
  'Keine Bedenken, wenn das Regenwasser auf dem Grundstück versickert.',
];

function pagesOf({ project, by }: Case) {
  const [firstName = '', lastName = ''] = by.split(' ');
  const at = (key: string) => ({
    [`${key}.street`]: 'Am Bach',
    [`${key}.number`]: '7',
    [`${key}.postcode`]: '99755',
    [`${key}.town`]: 'Ellrich',
  });
  return [
    ['project', { projectKind: 'new' }],
    ['what', { projectTitle: project, projectText: `${project}: eine Beschreibung liegt bei.`, use: 'home' }],
    ['procedure', { procedure: 'simple' }],
    ['site', { ...at('siteAddress'), parish: 'Ellrich', parcel: 'Flur 3, Flurstück 123/4', isOwner: 'yes' }],
    ['around', { conditions: [] }],
    ['size', { area: '36', volume: '110', cost: '24000' }],
    ['person', { firstName, lastName }],
    ['address', at('home')],
    ['contact', { mail: '', phone: '' }],
    ['designer', { designer: 'Gero Groß', chamber: '', designerMail: '' }],
  ] as const;
}

const plans = [
  ['sitePlan', 'sitePlanFiles', 'Lageplan'],
  ['drawings', 'drawingFiles', 'Bauzeichnungen'],
  ['description', 'descriptionFiles', 'Baubeschreibung'],
] as const;

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Resolves with the number of the application. */
async function apply(stage: Stage, one: Case, index: number): Promise<number> {
  const { house, today } = stage;
  const sentAt = moment(today, one.ago, index);
  const visitor: Context = { ...house, network: `198.51.100.${200 + index}`, actor: { kind: 'nobody', tenant: 1 } };
  stage.at(new Date(sentAt.getTime() - 40 * 60_000));
  const { token } = await forms.beginDraft(visitor, { form: 'baugenehmigung', place: '16062005', trap: '' });
  await answerAll(visitor, token, { pages: pagesOf(one), index: 950 + index });
  for (const [page, field, title] of plans) {
    const facts = {
      title,
      subtitle: one.project,
      day: sentAt,
      sections: [{ heading: 'Vorhaben', paragraphs: [`${one.project}, Am Bach 7 in Ellrich.`] }],
    };
    await forms.addFile(visitor, token, { page, field, name: `${title}.pdf`, bytes: once(await report(facts)) });
    await answerAll(visitor, token, { pages: [[page, {}]], index: 950 + index });
  }
  await answerAll(visitor, token, { pages: [['neighbours', { neighboursAgree: 'yes' }]], index: 950 + index });
  stage.at(sentAt);
  await send(visitor, token);
  const { items } = await forms.listSubmissions(house, { limit: 1_000 });
  const { reference } = await forms.lookAtStatus(visitor, token);
  const id = items.find((line) => line.reference === reference)?.id;
  if (id === undefined) throw new Error(`the building office of the demonstration does not see ${reference}`);
  await intake.catchUp(house, id);
  return id;
}

async function consult(
  official: Context,
  id: number,
  { to, turn }: { readonly to: number; readonly turn: number },
): Promise<void> {
  const { offices, sections } = await intake.listStatements(official, id);
  const office = offices.find(({ source }) => source === to);
  if (!office) return;
  const statement = await intake.askForStatement(official, id, {
    office: `${office.source}:${office.office}`,
    dueOn: intake.usualAnswerDay(official),
    attachments: [],
    question: questions[turn % 2] as string,
    sections: sections.slice(0, 4).map(({ key }) => key),
  });
  await intake.bringStatement(official, { tenant: official.actor.tenant, statement, to });
}

async function answer({ stage, clerk }: Neighbour, reference: string, turn: number): Promise<void> {
  const official = await stage.person(clerk);
  const asked = (await intake.listConsultations(official)).find((line) => line.reference === reference && line.state === 'open');
  if (!asked) return;
  const text = answers[turn % 2] as string;
  const sections = [{ heading: 'Ergebnis', paragraphs: [text] }];
  const bytes = await report({ title: 'Stellungnahme', subtitle: reference, day: stage.platform.clock.now(), sections });
  const files = (async function* () {
    yield { name: 'Stellungnahme.pdf', type: 'application/pdf', bytes: once(bytes) };
  })();
  await intake.answerConsultation(official, asked.id, { text, files });
}

/** Fills the building office: whose clerk works on it, and which neighbours are asked. */
export async function fillBuilding(
  { stage, roster }: { readonly stage: Stage; readonly roster: Roster },
  neighbours: readonly Neighbour[],
): Promise<void> {
  const { house, tenant, today } = stage;
  const clerk = roster.accounts.get('anna') as number;
  const office = roster.principals.get('Bauamt') ?? null;
  stage.at(moment(today, 90));
  const content = { ...forms.noOverlay, isOffered: true, office };
  await forms.setOverlay(house, 'baugenehmigung', { content, edition: 0 });
  await forms.publishOffer(house, { tenant, form: 'baugenehmigung' });
  for (const [index, one] of cases.entries()) {
    const id = await apply(stage, one, index);
    if (one.fate === 'fresh') continue;
    const official = await stage.person(clerk);
    stage.at(moment(today, one.ago - 1, index));
    await intake.take(official, id);
    for (const [turn, neighbour] of neighbours.entries()) await consult(official, id, { to: neighbour.stage.tenant, turn });
    if (one.fate !== 'answered') continue;
    const { item } = await intake.getItem(official, id);
    for (const [turn, neighbour] of neighbours.entries()) {
      neighbour.stage.at(moment(today, one.ago - 6 - turn, index));
      await answer(neighbour, item.reference, turn);
    }
  }
}
