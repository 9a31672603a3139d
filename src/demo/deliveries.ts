import * as delivery from '#modules/delivery';
import type { Platform } from '#platform/context';
import { openStage, type Stage } from './stage.ts';

/**
 * Ellrich passes some of its applications on: trade registrations to a register that takes them, events to one that is silent, parking
 * permits to one that does not know us. The house does the rest by itself once it runs, over HTTP and with itself.
 */

type Wish = {
  readonly form: string;
  readonly title: string;
  /** Right credentials, wrong ones, or nobody at the address. */
  readonly fate: 'taken' | 'refused' | 'silent';
};

const wishes: readonly Wish[] = [
  { form: 'gewerbeanmeldung', title: 'Gewerberegister Nordthüringen', fate: 'taken' },
  { form: 'veranstaltung-anzeigen', title: 'Straßenverkehr Südharz', fate: 'silent' },
  { form: 'bewohnerparkausweis', title: 'Parkraum Ellrich', fate: 'refused' },
];

/** Nobody listens there: the port is for nothing but throwing away (RFC 863). */
const nobodyThere = 'http://127.0.0.1:9/zustelldienst';

/** Sets up a destination at one authority, and another one's deliveries to it. */
export async function fillDeliveries(
  platform: Platform,
  { from, to }: { readonly from: Stage; readonly to: Stage & { readonly administrator: number } },
): Promise<void> {
  const there = await openStage(platform, to.tenant, to.today).person(to.administrator);
  const id = await delivery.openInbox(there, 'Gewerberegister');
  const { encryptionKey, signingKey } = await delivery.getInbox(there, id);
  const { client, secret } = await delivery.addSender(there, id, 'Stadt Ellrich');
  // The instance is not yet marked as a demonstration while it is filled; its other half lies on this machine.
  const { house } = openStage({ ...platform, config: { ...platform.config, demo: true } }, from.tenant, from.today);
  for (const { form, title, fate } of wishes) {
    await delivery.setDestination(house, {
      form,
      title,
      service: '',
      destination: id,
      client,
      secret: fate === 'refused' ? 'veraltet' : secret,
      isActive: true,
      address: fate === 'silent' ? nobodyThere : `${platform.config.url}/zustelldienst/${to.tenant}`,
      tokenAddress: '',
      encryptionKey: JSON.stringify(encryptionKey),
      eventKey: JSON.stringify(signingKey),
    });
  }
}

/**
 * Werther has its dog tax worked on by Ellrich: what is applied for there lies at the state's delivery service, and Ellrich fetches it.
 * Nobody but Ellrich can read it on the way.
 */
export async function fillFetching(
  platform: Platform,
  { from, to, at }: { readonly from: Stage; readonly to: Stage; readonly at: Stage & { readonly administrator: number } },
): Promise<void> {
  const { house: ours } = openStage({ ...platform, config: { ...platform.config, demo: true } }, to.tenant, to.today);
  const inbox = await delivery.openInbox(ours, 'Gemeinsames Steueramt', 'foreign');
  const { encryptionKey, signingKey, offices } = await delivery.getInbox(ours, inbox);
  const keys = { encryptionKey: JSON.stringify(encryptionKey), signingKey: JSON.stringify(signingKey) };
  const works = offices.find(({ name }) => name === 'Ordnungsamt')?.id ?? null;
  await delivery.setInbox(ours, inbox, { title: 'Gemeinsames Steueramt', works, isOpen: true });
  const there = await openStage(platform, at.tenant, at.today).person(at.administrator);
  const destination = await delivery.keepInbox(there, { title: 'Gemeinsames Steueramt Ellrich', ...keys });
  const address = `${platform.config.url}/zustelldienst/${at.tenant}`;
  const access = { address, tokenAddress: '', destination };
  const { role: _fetches, ...receiver } = await delivery.addSender(there, destination, 'Stadt Ellrich', 'fetch');
  await delivery.setSource(ours, inbox, { ...access, ...receiver });
  // What is new there is told at once.
  const { callbackSecret } = await delivery.makeCallbackSecret(ours, inbox);
  const calls = `${platform.config.url}/zustelldienst/${to.tenant}/callbacks/${inbox}`;
  const { house: state } = openStage({ ...platform, config: { ...platform.config, demo: true } }, at.tenant, at.today);
  await delivery.setCallback(state, destination, { address: calls, secret: callbackSecret });
  const { role: _sends, ...sender } = await delivery.addSender(there, destination, 'Gemeinde Werther');
  const { house: werther } = openStage({ ...platform, config: { ...platform.config, demo: true } }, from.tenant, from.today);
  await delivery.setDestination(werther, {
    form: 'hundesteuer',
    title: 'Gemeinsames Steueramt Ellrich',
    service: '',
    isActive: true,
    ...access,
    ...sender,
    encryptionKey: keys.encryptionKey,
    eventKey: keys.signingKey,
  });
}
