import { hash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Context } from '#platform/context';
import { findColleague } from './presence.ts';
import { avatarColourOf, avatarSizeOf, initialsOf } from './rules-avatar.ts';
import { readPicture } from './store/picture.ts';

/** A square picture of a person, drawn by us. */
export type Avatar = {
  readonly bytes: Buffer;
  readonly type: 'image/png' | 'image/jpeg';
  /** Entity tag without quotes. */
  readonly etag: string;
  /** Whether they chose it themselves. */
  readonly isOwn: boolean;
};

type Look = { readonly initials: string; readonly colour: string; readonly size: number };

const typeface = 'Rennsteig initials';

/** The drawing library is large and native: a process that draws no avatar never loads it. */
let loading: Promise<typeof import('@napi-rs/canvas')> | null = null;
function loadCanvas(): Promise<typeof import('@napi-rs/canvas')> {
  loading ??= import('@napi-rs/canvas').then((canvas) => {
    const font = import.meta.resolve('pdfjs-dist/standard_fonts/LiberationSans-Bold.ttf');
    canvas.GlobalFonts.registerFromPath(fileURLToPath(font), typeface);
    return canvas;
  });
  return loading;
}

async function draw({ initials, colour, size }: Look): Promise<Buffer> {
  const { createCanvas } = await loadCanvas();
  const canvas = createCanvas(size, size);
  const pen = canvas.getContext('2d');
  pen.fillStyle = colour;
  pen.fillRect(0, 0, size, size);
  pen.fillStyle = '#ffffff';
  pen.font = `${Math.round(size * 0.4)}px "${typeface}"`;
  pen.textAlign = 'center';
  const { actualBoundingBoxAscent: above, actualBoundingBoxDescent: below } = pen.measureText(initials);
  pen.fillText(initials, size / 2, size / 2 + (above - below) / 2, size * 0.8);
  return canvas.encode('png');
}

/** Drawn avatars a process remembers: at most some megabytes, as these pictures are small. */
const mostRemembered = 500;
const drawn = new Map<string, Promise<Buffer>>();

function remembered(key: string, look: Look): Promise<Buffer> {
  const known = drawn.get(key);
  if (known) return known;
  if (drawn.size >= mostRemembered) drawn.clear();
  const picture = draw(look);
  drawn.set(key, picture);
  picture.catch(() => drawn.delete(key));
  return picture;
}

/**
 * A picture of a colleague of one's own tenant, by handle or address: the one they chose, otherwise their initials on a colour of their
 * own. As long as it is the same it has the same `etag`. Throws `notFound`.
 * @param asked edge in pixels; it may be larger, up to 512
 */
export async function avatarOf(ctx: Context, login: string, asked: number): Promise<Avatar> {
  const { account, name } = await findColleague(ctx, login);
  const { tenant } = ctx.actor;
  const size = avatarSizeOf(asked);
  const chosen = await readPicture(ctx.platform.db.read(tenant), tenant, account, size);
  if (chosen) return { bytes: chosen.jpeg, type: 'image/jpeg', etag: chosen.etag, isOwn: true };
  const look = { initials: initialsOf(name), colour: avatarColourOf(account), size };
  const etag = hash('sha1', `${look.initials} ${look.colour} ${look.size}`);
  return { bytes: await remembered(etag, look), type: 'image/png', etag, isOwn: false };
}
