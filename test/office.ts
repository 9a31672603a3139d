import * as accounts from '#modules/accounts';
import * as forms from '#modules/forms';
import { systemContext } from '#platform/context';
import { settleForms } from './forms.ts';
import type { People } from './people.ts';
import type { Stand } from './stand.ts';

/** What Celik enters when Rex is gone: the shortest way through a form that costs nothing. */
const pages = [
  ['what', { matter: 'deregister' }],
  ['gone', { goneName: 'Rex', taxNumber: '', goneOn: '1.11.2026', goneWhy: 'died' }],
  ['person', { firstName: 'Celik', lastName: 'Çetin', born: '3.3.1970' }],
  ['address', { 'home.street': 'Am Bach', 'home.number': '3', 'home.postcode': '99755', 'home.town': 'Ellrich' }],
  ['contact', { mail: 'celik@post.example', phone: '' }],
] as const;

type Answered = readonly (readonly [page: string, answers: Readonly<Record<string, string>>])[];

/** What a club enters for its summer feast: what it costs an official says later. */
const feast: Answered = [
  ['what', { eventName: 'Sommerfest', eventKind: 'feast', programme: 'Kaffee, Kuchen, Musik und Spiele' }],
  ['when', { fromDay: '2027-01-20', toDay: '2027-01-21', hours: '14 bis 22 Uhr' }],
  ['where', { place: 'Vereinsgelände', ground: 'private', visitors: '120' }],
  ['extra', { extras: 'alcohol' }],
  ['insurance', { insured: 'yes' }],
  ['organiser', { organiser: 'Heimatverein' }],
  ...pages.slice(2),
];

/** The same feast on a street: with a plan. */
const streetFeast: Answered = feast.flatMap(([page, answers]) =>
  page === 'where'
    ? [
        [page, { ...answers, place: 'Marktstraße', ground: 'road' }],
        ['road', { roadUse: 'Die Marktstraße wird gesperrt.' }],
      ]
    : [[page, answers]],
);

export type Sent = { readonly token: string; readonly reference: string; readonly number: number };

/** An office of Ellrich that takes the dog tax: Anna and Bernd. `send` lets Celik apply; the house has not heard of it yet. */
export async function settleOffice(stand: Stand, people: People) {
  await settleForms(people);
  const { dora, ellrich, id, nobody } = people;
  const town = systemContext(stand.house.platform, ellrich, 'test');
  const office = await accounts.createGroup(dora, { name: 'Steueramt' });
  for (const account of [id.anna, id.bernd]) await accounts.addMember(dora, { group: office, account });
  for (const form of ['hundesteuer', 'veranstaltung-anzeigen']) {
    const { content, edition } = await forms.getOverlay(town, form);
    await forms.setOverlay(town, form, { content: { ...content, office }, edition });
  }

  type Before = (token: string, page: string) => Promise<void>;

  async function sendForm(form: string, given: Answered, before?: Before): Promise<Sent> {
    const { token } = await forms.beginDraft(nobody, { form, place: '16062005', trap: '' });
    for (const [page, answers] of given) {
      await before?.(token, page);
      const view = await forms.lookAtPage(nobody, token, { page, item: 0 });
      if (!('step' in view)) throw new Error(`the form does not ask ${page}`);
      const sent = new Map(Object.entries(answers).map(([name, value]) => [name, [value]] as const));
      await forms.savePage(nobody, token, { page, item: 0, go: 'next', step: view.step, sent });
    }
    stand.clock.advance(10);
    const check = await forms.lookAtCheck(nobody, token);
    if (!('edition' in check)) throw new Error('the form is not complete');
    const input = { edition: check.edition, cents: null, isDeclared: true, trap: '' };
    const { reference } = await forms.submitDraft(nobody, token, input);
    const { items } = await forms.listSubmissions(town, { limit: 1_000 });
    return { token, reference, number: items.find((line) => line.reference === reference)?.id as number };
  }
  const send = () => sendForm('hundesteuer', pages);
  /** With a plan of the street in one or more files. */
  const sendStreetFeast = (plans: readonly { readonly name: string; readonly text: string }[]) =>
    sendForm('veranstaltung-anzeigen', streetFeast, async (token, page) => {
      if (page !== 'road') return;
      for (const { name, text } of plans) {
        const bytes = (async function* () {
          yield Buffer.from(`%PDF-1.7\n${text}`);
        })();
        await forms.addFile(nobody, token, { page, field: 'roadPlan', name, bytes });
      }
    });
  return { town, office, send, sendStreetFeast, sendFeast: () => sendForm('veranstaltung-anzeigen', feast) };
}

/** An office of Rhönblick, whose administrator and only clerk is Emil. */
export async function settleOtherOffice({ house, rhoenblick, id, now }: People): Promise<number> {
  await accounts.setRoles(house, { tenant: rhoenblick, account: id.emil }, ['tenantAdministrator']);
  const boss = await now('emil');
  const office = await accounts.createGroup(boss, { name: 'Bauamt' });
  await accounts.addMember(boss, { group: office, account: id.emil });
  return office;
}
