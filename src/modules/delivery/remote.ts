import type { Context, Platform } from '#platform/context';
import { ensure, Failure } from '#platform/errors';
import { checkServiceAddress, isLoopback } from '#platform/outside';
import { isUuid } from './gate.ts';
import { unwrap, type Wrapped, wrap } from './keys.ts';
import { limits } from './rules.ts';
import { type Call, callService, openService, type Service } from './service-http.ts';

/** Delivery services elsewhere, and how we are known there: to send, and to fetch. */

/** As an administrator enters it. */
export type AccessInput = {
  readonly address: string;
  /** Empty: below the address. */
  readonly tokenAddress: string;
  readonly destination: string;
  readonly client: string;
  /** Empty keeps the one there is. */
  readonly secret: string;
};

/** As it is stored. */
export type Access = Omit<AccessInput, 'secret'> & { readonly secret: Uint8Array; readonly secretKey: number };

/** Where the secret for a destination we fetch from is encrypted for. */
export const sourcePlace = (inbox: string): string => `source ${inbox}`;

/** Hosts the operator has named may lie in a private network; so may this machine itself in a demonstration. */
const isPrivateFine =
  ({ config }: Platform) =>
  (host: string): boolean =>
    config.deliveryHosts.includes(host) || (config.demo && isLoopback(host));

/** A name on one line, trimmed. Throws `invalid`. */
export function oneLine(text: string, field: string): string {
  const clean = text.trim();
  ensure(clean !== '', 'invalid', 'platform.textMissing', { field });
  ensure(clean.length <= limits.title && !/\p{Cc}/u.test(clean), 'invalid', 'delivery.lineForm', { field, limit: limits.title });
  return clean;
}

function checkId(text: string): string {
  const id = text.trim().toLowerCase();
  ensure(isUuid(id), 'invalid', 'delivery.idForm', { field: 'destination' });
  return id;
}

const addressIn = (platform: Platform, text: string, field: string) =>
  checkServiceAddress(text.trim(), {
    isLocalFine: isPrivateFine(platform)(URL.parse(text.trim())?.hostname ?? ''),
    code: 'delivery.addressForm',
    field,
  });

/** The checks of what was entered, by field; for `checkAll`. */
export function accessChecks(platform: Platform, input: AccessInput) {
  const address = (text: string, field: string) => addressIn(platform, text, field);
  return {
    address: () => address(input.address, 'address'),
    tokenAddress: () => (input.tokenAddress.trim() === '' ? '' : address(input.tokenAddress, 'tokenAddress')),
    destination: () => checkId(input.destination),
    client: () => oneLine(input.client, 'client'),
    secret: () => ensure(/^[\x21-\x7e]{0,500}$/.test(input.secret), 'invalid', 'delivery.secretForm', { field: 'secret' }),
  };
}

/** The checks of whom we call; for `checkAll`. */
export const callbackChecks = (platform: Platform, input: Pick<AccessInput, 'address' | 'secret'>) => {
  const { secret } = accessChecks(platform, { ...input, tokenAddress: '', destination: '', client: '' });
  return { callAddress: () => addressIn(platform, input.address, 'callAddress'), secret };
};

/** Calls somebody at an address. Throws as {@link callService}. */
export const callOut = (platform: Platform, address: string, call: Call): Promise<void> =>
  callService(address, call, isPrivateFine(platform));

/** Encrypts the secret that was entered; null: none was, and the one there is is kept. @param place see {@link wrap} */
export const sealSecret = async ({ platform, actor }: Context, secret: string, place: string): Promise<Wrapped | null> =>
  secret === '' ? null : wrap(platform, actor.tenant, Buffer.from(secret), place);

/** The secret to store. Throws `invalid`: there is none, or the one there is was given for another address. */
export function secretFor(
  sealed: Wrapped | null,
  before: Access | null,
  now: Pick<Access, 'address' | 'tokenAddress'>,
): Pick<Access, 'secret' | 'secretKey'> {
  if (sealed) return { secret: sealed.bytes, secretKey: sealed.key };
  ensure(before, 'invalid', 'delivery.secretMissing', { field: 'secret' });
  const isThere = before.address === now.address && before.tokenAddress === now.tokenAddress;
  ensure(isThere, 'invalid', 'delivery.secretAgain', { field: 'secret' });
  return { secret: before.secret, secretKey: before.secretKey };
}

/** Signs in there. Throws as {@link openService}. @param place where the secret was encrypted for */
export async function serviceAt({ platform }: Context, tenant: number, row: Access, place: string): Promise<Service> {
  const secret = (await unwrap(platform, tenant, { bytes: row.secret, key: row.secretKey }, place)).toString();
  const { address, tokenAddress, client } = row;
  return openService({ address, tokenAddress, client, secret, isPrivateFine: isPrivateFine(platform) });
}

/** Whether the service knows a destination, it is open, and has this key. Throws `conflict` with a sentence when not. */
export async function checkAt(service: Service, destination: string, kid: string): Promise<void> {
  const { body } = await service.ask({ method: 'GET', path: `/v1/destinations/${destination}` });
  if (body.destinationId !== destination) throw new Failure('conflict', 'delivery.destinationUnknown');
  if (body.status !== 'active') throw new Failure('conflict', 'delivery.destinationClosed');
  if (body.encryptionKid !== kid) throw new Failure('conflict', 'delivery.otherKey');
}
