import { audit } from '#platform/audit';
import { checkAll } from '#platform/checks';
import type { Context, Platform } from '#platform/context';
import { unwrapKey, wrapKey } from '#platform/crypto';
import { ensure, Failure } from '#platform/errors';
import { checkServiceAddress, isLoopback } from '#platform/outside';
import { authorize } from './gate.ts';
import type { Gateway } from './gateway.ts';
import { openSignedForms } from './gateway-signed-forms.ts';
import { openXBezahldienste } from './gateway-xbezahldienste.ts';
import { limits } from './rules.ts';
import { moneyLimits } from './rules-money.ts';
import { defaultSettings, isGatewayId, isIban } from './rules-settings.ts';
import { hasLiveAttempts } from './store/attempt.ts';
import { type GatewayKind, readSettings, type SettingsRow, upsertSettings } from './store/settings.ts';

/** How an authority is paid, as people see it: the secret is never shown again. */
export type PaymentSettings = Omit<SettingsRow, 'secret' | 'secretKey'> & { readonly hasSecret: boolean };

/** What changes; what is left out stays. An empty secret keeps the one there is. */
export type SettingsChange = Partial<Omit<SettingsRow, 'secret' | 'secretKey' | 'changedAt'>> & {
  readonly secret?: string;
  /** The gateway is the same one at another address and knows its payments there: who is paying is asked about at the new one. */
  readonly hasMoved?: boolean;
};

const adapters = { xbezahldienste: openXBezahldienste, signedForms: openSignedForms } as const;

export const gatewayKinds: readonly GatewayKind[] = ['none', 'xbezahldienste', 'signedForms'];

const label = (tenant: number) => `payments secret ${tenant}`;

/** The settings of the actor's own tenant, for its administrators and its treasury. */
export async function getSettings(ctx: Context): Promise<PaymentSettings> {
  const { tenant } = ctx.actor;
  const mayConfigure = ctx.actor.kind === 'account' && ctx.actor.roles.includes('tenantAdministrator');
  authorize(ctx.actor, mayConfigure ? 'configure' : 'read', { tenant });
  const { secret, secretKey, ...row } = (await readSettings(ctx.platform.db.read(tenant), tenant)) ?? defaultSettings;
  return { ...row, hasSecret: secret !== null };
}

/**
 * Decides how the tenant is paid. The secret is encrypted with the tenant's key. Throws `invalid` for all that is wrong at once, and
 * `conflict` when the gateway would change while somebody is paying there: nobody could ask about that payment any more.
 */
export async function setSettings(ctx: Context, change: SettingsChange): Promise<void> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'configure', { tenant });
  const { secret: newSecret, hasMoved = false, ...rest } = change;
  const sealed = newSecret ? await seal(ctx.platform, tenant, newSecret) : null;
  await ctx.platform.db.write(tenant, async (tx) => {
    const now: SettingsRow = (await readSettings(tx, tenant)) ?? defaultSettings;
    const wanted: SettingsRow = { ...now, ...rest, ...sealed, changedAt: ctx.platform.clock.now() };
    const isLocalFine = (host: string) => isPrivateFine(ctx.platform, host);
    const next = await checkSettings(wanted, { secret: newSecret, isLocalFine });
    const bound = (['gateway', 'originator', 'endpoint', ...(hasMoved ? [] : (['address'] as const))] as const).filter(
      (name) => now[name] !== next[name],
    );
    ensure(bound.length === 0 || !(await hasLiveAttempts(tx, tenant)), 'conflict', 'payments.gatewayBusy');
    // The secret was given for one service; whoever may change the address must not have it sent elsewhere.
    const isElsewhere = now.secret !== null && (now.gateway !== next.gateway || now.address !== next.address);
    ensure(!isElsewhere || sealed || next.gateway === 'none', 'invalid', 'payments.secretAgain', { field: 'secret' });
    await upsertSettings(tx, tenant, next);
    const changed = Object.keys(rest).filter((name) => now[name as keyof SettingsRow] !== next[name as keyof SettingsRow]);
    const details = { changed: [...changed, ...(sealed ? ['secret'] : [])] };
    await audit(tx, ctx, [{ action: 'payments.setSettings', thing: 'payments:settings', details }]);
  });
}

/** Its form is checked with everything else, so that whoever mistypes two fields hears of both. */
async function seal(platform: Platform, tenant: number, secret: string) {
  const { id, key } = await platform.keys.current(tenant);
  return { secret: wrapKey(key, Buffer.from(secret), label(tenant)), secretKey: id };
}

type Checking = {
  /** As it was entered; left out or empty: the one there is. */
  readonly secret: string | undefined;
  readonly isLocalFine: (host: string) => boolean;
};

/** The settings as they are stored, the address in its normal form. Throws `invalid`, for all that are wrong at once. */
async function checkSettings(row: SettingsRow, checking: Checking): Promise<SettingsRow> {
  const { address } = await checkAll({ ...gatewayChecks(row, checking), ...bookChecks(row) });
  return { ...row, address };
}

/** Without a gateway nobody asks what is known of one; what was entered for it stays. */
function gatewayChecks(row: SettingsRow, { secret, isLocalFine }: Checking) {
  const { gateway, address } = row;
  const isOnline = gateway !== 'none';
  const isFine = isLocalFine(URL.parse(address)?.hostname ?? '');
  const checkId = (text: string, field: string) =>
    ensure(!isOnline || isGatewayId(text), 'invalid', 'payments.gatewayIdForm', { field });
  return {
    gateway: () => ensure(gatewayKinds.includes(gateway), 'invalid', 'platform.invalid', { detail: 'gateway' }),
    address: () =>
      isOnline ? checkServiceAddress(address, { isLocalFine: isFine, code: 'payments.addressForm', field: 'address' }) : address,
    originator: () => checkId(row.originator, 'originator'),
    endpoint: () => checkId(row.endpoint, 'endpoint'),
    secret: () => {
      ensure(!secret || isSecret(secret), 'invalid', 'payments.secretForm', { field: 'secret' });
      ensure(!isOnline || row.secret !== null, 'invalid', 'payments.secretMissing', { field: 'secret' });
    },
  };
}

const isSecret = (text: string): boolean => text.length <= 500 && /^[\x21-\x7e]+$/.test(text);

function bookChecks({ payee, iban, bic, referencePrefix, fourEyesCents, daysToPay }: SettingsRow) {
  const isPayee = payee.length <= 70 && !/\p{Cc}/u.test(payee);
  const isDays = Number.isSafeInteger(daysToPay) && daysToPay >= 1 && daysToPay <= limits.daysToPay;
  const isLimit = Number.isSafeInteger(fourEyesCents) && fourEyesCents >= 0 && fourEyesCents <= moneyLimits.cents;
  return {
    payee: () => ensure(isPayee, 'invalid', 'payments.payeeForm', { field: 'payee', limit: 70 }),
    iban: () => ensure(iban === '' || isIban(iban), 'invalid', 'payments.ibanForm', { field: 'iban' }),
    bic: () => ensure(bic === '' || isBic(bic), 'invalid', 'payments.bicForm', { field: 'bic' }),
    referencePrefix: () =>
      ensure(/^[A-Z]{1,4}$/.test(referencePrefix), 'invalid', 'payments.prefixForm', { field: 'referencePrefix' }),
    daysToPay: () => ensure(isDays, 'invalid', 'payments.daysForm', { field: 'daysToPay', limit: limits.daysToPay }),
    fourEyesCents: () => ensure(isLimit, 'invalid', 'payments.amountForm', { field: 'fourEyesCents' }),
  };
}

const isBic = (text: string): boolean => /^[A-Z0-9]{8}([A-Z0-9]{3})?$/.test(text);

/** Hosts the operator has named may lie in a private network; so may this machine itself in a demonstration. */
function isPrivateFine({ config }: Platform, host: string): boolean {
  return config.paymentHosts.includes(host) || (config.demo && isLoopback(host));
}

/** A gateway that is ready to be used, and which kind it is; null: the tenant has none. */
export async function gatewayOf(
  { platform }: Context,
  tenant: number,
): Promise<{ readonly kind: GatewayKind; readonly gateway: Gateway } | null> {
  const row = await readSettings(platform.db.read(tenant), tenant);
  if (!row || row.gateway === 'none' || !row.secret || row.secretKey === null) return null;
  const key = await platform.keys.byId(tenant, row.secretKey);
  const secret = unwrapKey(key, row.secret, label(tenant)).toString();
  const { address, originator, endpoint } = row;
  const isFine = isPrivateFine(platform, new URL(address).hostname);
  return { kind: row.gateway, gateway: adapters[row.gateway]({ address, originator, endpoint, secret, isPrivateFine: isFine }) };
}

/** Whether the gateway answers and takes our name and secret. Throws `conflict` with a sentence when not. */
export async function checkGateway(ctx: Context): Promise<void> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'configure', { tenant });
  const found = await gatewayOf(ctx, tenant);
  ensure(found, 'conflict', 'payments.noGateway');
  const state = await found.gateway.check();
  if (state !== 'ready')
    throw new Failure('conflict', state === 'refused' ? 'payments.gatewayRefusesUs' : 'payments.gatewaySilent');
}
