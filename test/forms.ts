import { addCitizen, setRoles } from '#modules/accounts';
import {
  beginDraft,
  lookAtPage,
  noOverlay,
  type Overlay,
  publishBuiltIn,
  publishOffer,
  savePage,
  setOverlay,
} from '#modules/forms';
import { type Context, systemContext } from '#platform/context';
import { settleFinder } from './finder.ts';
import type { People } from './people.ts';

/** The forms the town of the tests takes. */
const townForms = ['hundesteuer', 'bewohnerparkausweis', 'gewerbeanmeldung', 'reisepass', 'veranstaltung-anzeigen'] as const;

/** A municipality begins to take forms, as its editors would have it. */
export async function offerForms(
  { platform }: Pick<Context, 'platform'>,
  tenant: number,
  { forms = townForms, overlay = {} }: { readonly forms?: readonly string[]; readonly overlay?: Partial<Overlay> } = {},
): Promise<void> {
  const town = systemContext(platform, tenant, 'test');
  for (const form of forms) {
    await setOverlay(town, form, { content: { ...noOverlay, isOffered: true, ...overlay }, edition: 0 });
    await publishOffer(town, { tenant, form });
  }
}

/** The finder, the catalogue of forms, and a town that takes them. */
export async function settleForms(people: People): Promise<void> {
  await settleFinder(people);
  await publishBuiltIn(people.house);
  await offerForms(people.house, people.ellrich);
}

/** Anna edits what holds for Ellrich. */
export async function makeEditor({ house, ellrich, id }: People): Promise<void> {
  await setRoles(house, { tenant: ellrich, account: id.anna }, ['editor']);
}

/** Celik has an account of the portal. */
export async function makeCitizen({ house, address }: People, password: string): Promise<string> {
  await addCitizen(house, { address: address.celik, name: 'Celik Çetin', kind: 'person', password });
  return address.celik;
}

/** Anna serves at the counter of Ellrich. */
export async function makeCounterClerk({ house, ellrich, id }: People): Promise<void> {
  await setRoles(house, { tenant: ellrich, account: id.anna }, ['counter']);
}

/** What Celik enters until she is asked for a file: her dog helps her. */
const untilProof: readonly (readonly [page: string, answers: Readonly<Record<string, string>>])[] = [
  ['what', { matter: 'register' }],
  [
    'dogs',
    {
      dogName: 'Bello',
      breed: 'Mischling',
      sex: 'male',
      dogBorn: '1.5.2025',
      keptSince: '1.7.2025',
      chip: '276098100000001',
    },
  ],
  ['household', { kept: '0' }],
  ['danger', { dangerous: 'no' }],
  ['exemption', { exempt: 'assistance' }],
];

/** A draft without an account that stands at the question for a file; its token. */
export async function reachProof({ nobody }: Pick<People, 'nobody'>): Promise<string> {
  const { token } = await beginDraft(nobody, { form: 'hundesteuer', place: '16062005', trap: '' });
  for (const [page, answers] of untilProof) {
    const view = await lookAtPage(nobody, token, { page, item: 0 });
    if (!('step' in view)) throw new Error(`the form does not ask ${page}`);
    const sent = new Map(Object.entries(answers).map(([name, value]) => [name, [value]] as const));
    await savePage(nobody, token, { page, item: 0, go: 'next', step: view.step, sent });
  }
  return token;
}
