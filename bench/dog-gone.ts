import * as forms from '#modules/forms';
import type { People } from '../test/people.ts';

/** What somebody answers, page by page, whose dog is gone: it costs nothing, so that it ends without a payment. */
const dogGone = [
  ['what', { matter: 'deregister' }],
  ['gone', { goneName: 'Rex', taxNumber: '', goneOn: '1.11.2026', goneWhy: 'died' }],
  ['person', { firstName: 'Celik', lastName: 'Çetin', born: '3.3.1970' }],
  ['address', { 'home.street': 'Am Bach', 'home.number': '3', 'home.postcode': '99755', 'home.town': 'Ellrich' }],
  ['contact', { mail: '', phone: '' }],
] as const;

/** A draft of somebody without an account in which all of it is answered. Resolves with its token. */
export async function answerDogGone({ nobody }: Pick<People, 'nobody'>): Promise<string> {
  const { token } = await forms.beginDraft(nobody, { form: 'hundesteuer', place: '16062005', trap: '' });
  for (const [page, answers] of dogGone) {
    const view = await forms.lookAtPage(nobody, token, { page, item: 0 });
    if (!('step' in view)) throw new Error(`the form does not ask ${page}`);
    const sent = new Map(Object.entries(answers).map(([name, value]) => [name, [value]] as const));
    await forms.savePage(nobody, token, { page, item: 0, go: 'next', step: view.step, sent });
  }
  return token;
}
