import { Readable } from 'node:stream';
import * as files from '#modules/files';
import type { Context } from '#platform/context';
import { Failure } from '#platform/errors';
import { fill, openCanvas, toPng } from './paper/canvas.ts';
import { chance } from './paper/chance.ts';

/** The large folder: as many sheets as were found in the cellar, all but one. */
const archive = { space: 'Archiv', folder: 'Scans Altakten', sheets: 10_000, missing: 4_711 };

/** Sheets that are written at the same time: enough to share transactions, few enough to leave room for people who look around. */
const atOnce = 24;
const day = 86_400_000;

/** A sheet as a scanner sees it: grey lines on yellowed paper, small enough to have ten thousand of them. */
function sheet(number: number): Buffer {
  const random = chance(number);
  const canvas = openCanvas(60, 84, [244, 238, 220]);
  for (let y = 10; y < 76; y += 5) {
    const end = 12 + random.between(14, 40);
    fill(
      canvas,
      [
        [10, y],
        [end, y],
        [end, y + 2],
        [10, y + 2],
      ],
      [112, 104, 92],
    );
  }
  return toPng(canvas);
}

const nameOf = (number: number) => `Altakte ${String(number).padStart(5, '0')}.png`;

/** The numbers that are not there yet: after an interruption it goes on where it stopped. */
async function missingSheets(ctx: Context, folder: files.Entry): Promise<number[]> {
  const present = new Set<string>();
  for await (const nodes of files.streamChildren(ctx, folder)) for (const { name } of nodes) present.add(name);
  const all = Array.from({ length: archive.sheets }, (_, index) => index + 1);
  return all.filter((number) => number !== archive.missing && !present.has(nameOf(number)));
}

/**
 * Fills the large folder in the name of `ctx`. Stops early, and without an error, when `signal` says so.
 * @returns whether all of it is there
 */
export async function fillArchive(ctx: Context, signal: AbortSignal): Promise<boolean> {
  const space = await files.resolvePath(ctx, [archive.space]);
  const folder = await files.makePath(ctx, space, [archive.folder]);
  const today = ctx.platform.clock.now().getTime();
  const queue = (await missingSheets(ctx, folder)).values();
  const work = async () => {
    for (const number of queue) {
      if (signal.aborted) return;
      const modified = today - 900 * day + Math.floor(number / 40) * day + (number % 40) * 60_000;
      await write(ctx, { folder, name: nameOf(number) }, { number, modified });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return !signal.aborted;
}

async function write(ctx: Context, target: files.Target, { number, modified }: { number: number; modified: number }) {
  try {
    await files.writeFile(ctx, target, Readable.from([sheet(number % 200)]), { modified });
  } catch (error) {
    // Somebody who tries the demonstration may have removed the folder meanwhile: then it is theirs.
    if (!(error instanceof Failure && error.kind === 'notFound')) throw error;
  }
}
