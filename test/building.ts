import * as accounts from '#modules/accounts';
import { fillFinder } from '#modules/finder';
import * as forms from '#modules/forms';
import { systemContext } from '#platform/context';
import { offerForms } from './forms.ts';
import { settleOtherOffice } from './office.ts';
import type { People } from './people.ts';

/** What Celik says of her carport until she is asked for its plans. */
const untilPlans = [
  ['project', { projectKind: 'new' }],
  ['what', { projectTitle: 'Carport', projectText: 'Ein Carport aus Holz neben dem Haus, offen an drei Seiten.', use: 'garage' }],
  ['procedure', { procedure: 'simple' }],
  [
    'site',
    {
      'siteAddress.street': 'Am Bach',
      'siteAddress.number': '3',
      'siteAddress.postcode': '99755',
      'siteAddress.town': 'Ellrich',
      parish: 'Ellrich',
      parcel: 'Flur 3, Flurstück 123/4',
      isOwner: 'yes',
    },
  ],
  ['around', { conditions: 'water' }],
  ['size', { area: '24', volume: '60', cost: '9000' }],
  ['person', { firstName: 'Celik', lastName: 'Çetin' }],
  ['address', { 'home.street': 'Am Bach', 'home.number': '3', 'home.postcode': '99755', 'home.town': 'Ellrich' }],
  ['contact', { mail: 'celik@post.example', phone: '' }],
  ['designer', { designer: 'Gero Groß', chamber: '', designerMail: '' }],
] as const;

type Answers = Readonly<Record<string, string>>;

/**
 * Ellrich is a building authority here and takes applications, Anna works on them; an office of Rhönblick (Emil) and one of the state (Paula) can be asked for their
 * statements, once the queue has run.
 */
export async function settleBuilding(people: People) {
  const { dora, ellrich, id, house, paula, now, nobody } = people;
  const offices = [{ key: 'bau', name: 'Bauamt', room: '2.10', services: ['baugenehmigung'] }];
  const area = '16062005';
  await fillFinder(house, [
    { tenant: ellrich, area, name: 'Stadtverwaltung Ellrich', dogTax: 'Hundesteuer: 60 Euro im Jahr', offices },
  ]);
  await forms.publishBuiltIn(house);
  const office = await accounts.createGroup(dora, { name: 'Bauamt' });
  await accounts.addMember(dora, { group: office, account: id.anna });
  await offerForms(house, ellrich, { forms: ['baugenehmigung'], overlay: { office } });
  await settleOtherOffice(people);
  const water = await accounts.createGroup(paula, { name: 'Wasserbehörde' });
  await accounts.addMember(paula, { group: water, account: id.paula });
  const town = systemContext(house.platform, ellrich, 'test');

  async function answer(token: string, page: string, answers: Answers): Promise<void> {
    const view = await forms.lookAtPage(nobody, token, { page, item: 0 });
    if (!('step' in view)) throw new Error(`the form does not ask ${page}`);
    const sent = new Map(Object.entries(answers).map(([name, value]) => [name, [value]] as const));
    await forms.savePage(nobody, token, { page, item: 0, go: 'next', step: view.step, sent });
  }

  return {
    emil: await now('emil'),
    paula: await now('paula'),
    /** A draft that stands at the question for the site plan; its token. */
    async reachPlans(): Promise<string> {
      const { token } = await forms.beginDraft(nobody, { form: 'baugenehmigung', place: area, trap: '' });
      for (const [page, answers] of untilPlans) await answer(token, page, answers);
      return token;
    },
    /** The number of the newest application. */
    async newest(): Promise<number> {
      const { items } = await forms.listSubmissions(town, { limit: 1_000 });
      return items.at(-1)?.id ?? 0;
    },
  };
}
