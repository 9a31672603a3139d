import { listForms } from '#modules/forms';
import { audit } from '#platform/audit';
import { checkAll } from '#platform/checks';
import { type Context, type Platform, systemContext } from '#platform/context';
import { ensure, Failure } from '#platform/errors';
import { checkServiceAddress, isLoopback } from '#platform/outside';
import { authorize, isUuid } from './gate.ts';
import { readJwk, unwrap, wrap } from './keys.ts';
import { limits } from './rules.ts';
import { openService, type Service } from './service-http.ts';
import { type Destination, readDestination, readDestinations, upsertDestination } from './store/destination.ts';

/** Where the applications of each form go, as an administrator sets it. */

/** As people see it: the secret is never shown again. */
export type DestinationView = Omit<Destination, 'secret' | 'secretKey' | 'encryptionKey' | 'eventKey'> & {
  readonly formTitle: string;
  readonly encryptionKey: string;
  readonly eventKey: string;
};

export type DestinationInput = {
  readonly form: string;
  readonly title: string;
  readonly address: string;
  readonly tokenAddress: string;
  readonly destination: string;
  /** URN; empty: one of ours. */
  readonly service: string;
  readonly client: string;
  /** Empty keeps the one there is. */
  readonly secret: string;
  /** Public keys, as JWK. */
  readonly encryptionKey: string;
  readonly eventKey: string;
  readonly isActive: boolean;
};

/** A form of the state that can be sent on. */
export type FormChoice = { readonly key: string; readonly title: string };

const secretPlace = (form: string) => `destination ${form}`;

/** The forms of the state. */
async function choices(ctx: Context): Promise<FormChoice[]> {
  const forms = await listForms(systemContext(ctx.platform, ctx.actor.tenant, 'delivery'));
  return forms.filter(({ published }) => published !== null).map(({ key, title }) => ({ key, title }));
}

/** The destinations of the actor's tenant, for its administrators, and the forms there could be one for. */
export async function listDestinations(
  ctx: Context,
): Promise<{ readonly destinations: readonly DestinationView[]; readonly forms: readonly FormChoice[] }> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'configure', { tenant });
  const [rows, forms] = await Promise.all([readDestinations(ctx.platform.db.read(tenant), tenant), choices(ctx)]);
  const destinations = rows.map(({ secret: _secret, secretKey: _key, encryptionKey, eventKey, ...row }) => ({
    ...row,
    formTitle: forms.find(({ key }) => key === row.form)?.title ?? row.form,
    ...{ encryptionKey: JSON.stringify(encryptionKey), eventKey: JSON.stringify(eventKey) },
  }));
  return { destinations, forms };
}

/** Hosts the operator has named may lie in a private network; so may this machine itself in a demonstration. */
const isPrivateFine =
  ({ config }: Platform) =>
  (host: string): boolean =>
    config.deliveryHosts.includes(host) || (config.demo && isLoopback(host));

const oneLine = (text: string, field: string): string => {
  const clean = text.trim();
  ensure(clean !== '', 'invalid', 'platform.textMissing', { field });
  ensure(clean.length <= limits.title && !/\p{Cc}/u.test(clean), 'invalid', 'delivery.lineForm', { field, limit: limits.title });
  return clean;
};

/** FIT-Connect metadata schema 1.0.0, publicServiceType.identifier. */
const urn = /^urn:[a-z0-9][a-z0-9-]{0,31}:[a-z0-9()+,.:=@;$_!*'%/?#-]+$/;

function checkService(text: string, form: string): string {
  const service = text.trim() || `urn:rennsteig:formular:${form}`;
  ensure(service.length <= 255 && urn.test(service), 'invalid', 'delivery.serviceForm', { field: 'service' });
  return service;
}

function checkId(text: string): string {
  const id = text.trim().toLowerCase();
  ensure(isUuid(id), 'invalid', 'delivery.idForm', { field: 'destination' });
  return id;
}

/** Checks what was entered, all of it. */
function checkInput(platform: Platform, input: DestinationInput) {
  const address = (text: string, field: string) =>
    checkServiceAddress(text.trim(), {
      isLocalFine: isPrivateFine(platform)(URL.parse(text.trim())?.hostname ?? ''),
      code: 'delivery.addressForm',
      field,
    });
  return checkAll({
    title: () => oneLine(input.title, 'title'),
    address: () => address(input.address, 'address'),
    tokenAddress: () => (input.tokenAddress.trim() === '' ? '' : address(input.tokenAddress, 'tokenAddress')),
    destination: () => checkId(input.destination),
    service: () => checkService(input.service, input.form),
    client: () => oneLine(input.client, 'client'),
    secret: () => ensure(/^[\x21-\x7e]{0,500}$/.test(input.secret), 'invalid', 'delivery.secretForm', { field: 'secret' }),
    encryptionKey: () => readJwk(input.encryptionKey, 'encrypt', 'encryptionKey'),
    eventKey: () => readJwk(input.eventKey, 'sign', 'eventKey'),
  });
}

/**
 * Sets where the applications of a form go from now on. Throws `invalid` with everything that is wrong at once; also when another
 * address is set without the secret: it was given for the one there was.
 */
export async function setDestination(ctx: Context, input: DestinationInput): Promise<void> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'configure', { tenant });
  const { form, isActive } = input;
  ensure(
    (await choices(ctx)).some(({ key }) => key === form),
    'invalid',
    'delivery.formUnknown',
    { field: 'form' },
  );
  const { secret: _checked, ...given } = await checkInput(ctx.platform, input);
  const checked = { ...given, tokenAddress: given.tokenAddress || `${given.address}/token` };
  const sealed = input.secret === '' ? null : await wrap(ctx.platform, tenant, Buffer.from(input.secret), secretPlace(form));
  await ctx.platform.db.write(tenant, async (tx) => {
    const before = await readDestination(tx, tenant, form);
    const isElsewhere = before && (before.address !== checked.address || before.tokenAddress !== checked.tokenAddress);
    ensure(sealed || (before && !isElsewhere), 'invalid', before ? 'delivery.secretAgain' : 'delivery.secretMissing', {
      field: 'secret',
    });
    const secret = sealed ? { secret: sealed.bytes, secretKey: sealed.key } : (before as Destination);
    const row = {
      form,
      isActive,
      ...checked,
      secret: secret.secret,
      secretKey: secret.secretKey,
      changedAt: ctx.platform.clock.now(),
    };
    await upsertDestination(tx, tenant, row);
    const details = { form, address: checked.address, isActive, hasNewSecret: sealed !== null };
    await audit(tx, ctx, [{ action: 'delivery.setDestination', thing: `destination:${form}`, details }]);
  });
}

/** Signs in at the delivery service of a destination. Throws as {@link openService}. */
export async function serviceOf({ platform }: Context, tenant: number, row: Destination): Promise<Service> {
  const wrapped = { bytes: row.secret, key: row.secretKey };
  const secret = (await unwrap(platform, tenant, wrapped, secretPlace(row.form))).toString();
  const { address, tokenAddress, client } = row;
  return openService({ address, tokenAddress, client, secret, isPrivateFine: isPrivateFine(platform) });
}

/**
 * Whether the delivery service answers, knows us and the destination, and whether the key we have is the one it names. Throws
 * `conflict` with a sentence when not.
 */
export async function checkDestination(ctx: Context, form: string): Promise<void> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'configure', { tenant });
  const row = await readDestination(ctx.platform.db.read(tenant), tenant, form);
  ensure(row, 'notFound', 'platform.notFound');
  const { body } = await (await serviceOf(ctx, tenant, row)).ask({ method: 'GET', path: `/v1/destinations/${row.destination}` });
  if (body.destinationId !== row.destination) throw new Failure('conflict', 'delivery.destinationUnknown');
  if (body.status !== 'active') throw new Failure('conflict', 'delivery.destinationClosed');
  if (body.encryptionKid !== row.encryptionKey.kid) throw new Failure('conflict', 'delivery.otherKey');
}
