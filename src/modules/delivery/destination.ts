import { listForms } from '#modules/forms';
import { audit } from '#platform/audit';
import { checkAll } from '#platform/checks';
import { type Context, type Platform, systemContext } from '#platform/context';
import { ensure } from '#platform/errors';
import { authorize } from './gate.ts';
import { readJwk } from './keys.ts';
import { type AccessInput, accessChecks, checkAt, oneLine, sealSecret, secretFor, serviceAt } from './remote.ts';
import type { Service } from './service-http.ts';
import { type Destination, readDestination, readDestinations, upsertDestination } from './store/destination.ts';

/** Where the applications of each form go, as an administrator sets it. */

/** As people see it: the secret is never shown again. */
export type DestinationView = Omit<Destination, 'secret' | 'secretKey' | 'encryptionKey' | 'eventKey'> & {
  readonly formTitle: string;
  readonly encryptionKey: string;
  readonly eventKey: string;
};

export type DestinationInput = AccessInput &
  Pick<Destination, 'form' | 'title' | 'isActive'> & {
    /** URN; empty: one of ours. */
    readonly service: string;
    /** Public keys, as JWK. */
    readonly encryptionKey: string;
    readonly eventKey: string;
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
    encryptionKey: JSON.stringify(encryptionKey),
    eventKey: JSON.stringify(eventKey),
  }));
  return { destinations, forms };
}

/** FIT-Connect metadata schema 1.0.0, publicServiceType.identifier. */
const urn = /^urn:[a-z0-9][a-z0-9-]{0,31}:[a-z0-9()+,.:=@;$_!*'%/?#-]+$/;

function checkService(text: string, form: string): string {
  const service = text.trim() || `urn:rennsteig:formular:${form}`;
  ensure(service.length <= 255 && urn.test(service), 'invalid', 'delivery.serviceForm', { field: 'service' });
  return service;
}

/** Checks what was entered, all of it. */
const checkInput = (platform: Platform, input: DestinationInput) =>
  checkAll({
    title: () => oneLine(input.title, 'title'),
    ...accessChecks(platform, input),
    service: () => checkService(input.service, input.form),
    encryptionKey: () => readJwk(input.encryptionKey, 'encrypt', 'encryptionKey'),
    eventKey: () => readJwk(input.eventKey, 'sign', 'eventKey'),
  });

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
  const sealed = await sealSecret(ctx, input.secret, secretPlace(form));
  await ctx.platform.db.write(tenant, async (tx) => {
    const secret = secretFor(sealed, await readDestination(tx, tenant, form), checked);
    const row = { form, isActive, ...checked, ...secret, changedAt: ctx.platform.clock.now() };
    await upsertDestination(tx, tenant, row);
    const details = { form, address: checked.address, isActive, hasNewSecret: sealed !== null };
    await audit(tx, ctx, [{ action: 'delivery.setDestination', thing: `destination:${form}`, details }]);
  });
}

/** Signs in at the delivery service of a destination. Throws as {@link serviceAt}. */
export const serviceOf = (ctx: Context, tenant: number, row: Destination): Promise<Service> =>
  serviceAt(ctx, tenant, row, secretPlace(row.form));

/**
 * Whether the delivery service answers, knows us and the destination, and whether the key we have is the one it names. Throws
 * `conflict` with a sentence when not.
 */
export async function checkDestination(ctx: Context, form: string): Promise<void> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'configure', { tenant });
  const row = await readDestination(ctx.platform.db.read(tenant), tenant, form);
  ensure(row, 'notFound', 'platform.notFound');
  await checkAt(await serviceOf(ctx, tenant, row), row.destination, row.encryptionKey.kid);
}
