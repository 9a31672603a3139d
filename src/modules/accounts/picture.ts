import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import { sha256 } from '#platform/crypto';
import { ensure, Failure } from '#platform/errors';
import { drawingOf } from '#platform/picture-kind';
import { drawSmall } from '#platform/pictures';
import { person, thingOf } from './gate.ts';
import { avatarSizes, pictureLimits } from './rules-avatar.ts';
import { lockAccount } from './store/account.ts';
import { deletePictures, type PictureRow, putPictures } from './store/picture.ts';

/**
 * The picture somebody shows of themselves, if they want to. It is decoded in the process apart and drawn anew: what is served is
 * never what was sent, and where and with what it was taken stays with whoever took it.
 */

/**
 * Takes a PNG, JPEG, WebP, GIF or BMP as one's own picture; the middle of it, as a square.
 * Throws `tooLarge` over {@link pictureLimits}, `invalid` when it is no such picture or cannot be read, `unavailable` when too much is
 * being drawn.
 */
export async function setPicture(ctx: Context, bytes: Uint8Array): Promise<void> {
  const { tenant, account } = person(ctx);
  const { bytes: most } = pictureLimits;
  ensure(bytes.length <= most, 'tooLarge', 'accounts.pictureTooLarge', { field: 'picture', limit: most });
  ensure(drawingOf(Buffer.from(bytes)) === 'picture', 'invalid', 'accounts.pictureForm', { field: 'picture' });
  const rows = await drawAll(bytes);
  await ctx.platform.db.write(tenant, async (tx) => {
    // Two uploads at once must not leave sizes of both.
    ensure(await lockAccount(tx, tenant, account), 'notFound', 'platform.notFound');
    await putPictures(tx, tenant, account, rows);
    await audit(tx, ctx, [{ action: 'accounts.setPicture', thing: thingOf(account) }]);
  });
}

/** The largest size from what was sent, the others from that: the hostile bytes are decoded once. */
async function drawAll(sent: Uint8Array): Promise<PictureRow[]> {
  const rows: PictureRow[] = [];
  let source = sent;
  for (const size of avatarSizes.toReversed()) {
    const drawn = await drawSmall('square', source, size);
    if (!drawn) throw new Failure('invalid', 'accounts.pictureForm', { field: 'picture' });
    const jpeg = Buffer.from(drawn);
    rows.push({ size, jpeg, etag: sha256(jpeg).toString('hex').slice(0, 24) });
    if (source === sent) source = drawn;
  }
  return rows;
}

/** Takes one's own picture away; colleagues see the initials again. Taking away what is not there is no error. */
export async function removePicture(ctx: Context): Promise<void> {
  const { tenant, account } = person(ctx);
  await ctx.platform.db.write(tenant, async (tx) => {
    if (!(await deletePictures(tx, tenant, account))) return;
    await audit(tx, ctx, [{ action: 'accounts.removePicture', thing: thingOf(account) }]);
  });
}
