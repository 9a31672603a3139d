import type { Context } from '#platform/context';
import { hmac, isSameSecret, sha256 } from '#platform/crypto';
import { ensure, Failure } from '#platform/errors';
import { networkOf, type ThrottleRule, takeAttempt } from '#platform/throttle';
import { isUuid } from './gate.ts';
import { limits } from './rules.ts';
import { readSender, type Sender } from './store/inbox.ts';

/** Who delivers to us: a secret gives a token (RFC 6749, 4.4), and the token is good for some minutes. */

const guessing: ThrottleRule = {
  name: 'delivery.token',
  free: 60,
  windowSeconds: 600,
  firstWaitSeconds: 30,
  longestWaitSeconds: 3_600,
};

const refused = () => new Failure('unauthenticated', 'delivery.accessRefused');
const sign = ({ platform }: Context, text: string) => hmac(platform.keys.derive('delivery access'), text);

/** A token for a sender who has shown their secret. Throws `unauthenticated`, alike for every wrong one; `tooMany`. */
export async function grantAccess(
  ctx: Context,
  tenant: number,
  { client, secret }: { readonly client: string; readonly secret: string },
): Promise<string> {
  await takeAttempt(ctx, guessing, networkOf(ctx.network));
  const sender = isUuid(client) ? await readSender(ctx.platform.db.read(tenant), tenant, client) : null;
  const isRight = isSameSecret(sha256(secret), Buffer.from(sender?.secretHash ?? sha256('nobody')));
  if (!sender || sender.revokedAt !== null || !isRight) throw refused();
  const until = ctx.platform.clock.now().getTime() + limits.accessSeconds * 1_000;
  const said = `${tenant}.${sender.id}.${until}`;
  return `${said}.${sign(ctx, said).toString('base64url')}`;
}

/** Who holds this token. Throws `unauthenticated`: forged, too old, of another tenant, or revoked since. */
export async function senderOf(ctx: Context, tenant: number, header: string | undefined): Promise<Sender> {
  const [, token = ''] = /^Bearer ([\w.-]{1,300})$/.exec(header ?? '') ?? [];
  const [holder = '', id = '', until = '', mark = '', ...more] = token.split('.');
  const isOurs = isSameSecret(sign(ctx, `${holder}.${id}.${until}`), Buffer.from(mark, 'base64url')) && more.length === 0;
  if (!isOurs || holder !== String(tenant) || Number(until) < ctx.platform.clock.now().getTime()) throw refused();
  const sender = await readSender(ctx.platform.db.read(tenant), tenant, id);
  ensure(sender && sender.revokedAt === null, 'unauthenticated', 'delivery.accessRefused');
  return sender;
}
