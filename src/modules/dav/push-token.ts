import type { AccountActor, Context, Platform } from '#platform/context';
import { hmac, isSameSecret } from '#platform/crypto';

/** A token for push, for clients that do not want to send their password over the WebSocket. */
const seconds = 60;

/** The app password it was asked for with: the connection must not outlive it. */
type Claim = { readonly tenant: number; readonly credential: number; readonly until: number };

const keyOf = (platform: Platform) => platform.keys.derive('push token');

/** Makes a token that is good for one minute: signed, so that every process knows it without looking it up. */
export function makePushToken({ platform }: Context, { tenant, credential }: AccountActor): string {
  const claim: Claim = { tenant, credential, until: platform.clock.now().getTime() + seconds * 1000 };
  const text = Buffer.from(JSON.stringify(claim)).toString('base64url');
  return `${text}.${hmac(keyOf(platform), text).toString('base64url')}`;
}

/** Of which app password (by its number) this token is; null when it is forged or too old. */
export function readPushToken(platform: Platform, token: string): Pick<Claim, 'tenant' | 'credential'> | null {
  const [text = '', mac = ''] = token.split('.');
  if (!isSameSecret(hmac(keyOf(platform), text), Buffer.from(mac, 'base64url'))) return null;
  const claim = JSON.parse(Buffer.from(text, 'base64url').toString()) as Claim;
  return claim.until > platform.clock.now().getTime() ? claim : null;
}
