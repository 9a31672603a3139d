import type { Context } from '#platform/context';
import { csvCell } from '#platform/csv';
import { actionTexts, trailTexts } from './pages/trail-texts.ts';
import { sayDetails, sayThing } from './pages/trail-words.ts';
import type { TrailSearch } from './rules-trail.ts';
import { exportTrail, mostExported, type TrailEntry } from './trail.ts';

type Locale = Context['locale'];

const lineOf = (cells: readonly string[]) => `${cells.map(csvCell).join(';')}\r\n`;

function cellsOf(locale: Locale, entry: TrailEntry): string[] {
  const { seq, at, actor, actorName, action, thing, thingName, details } = entry;
  const said = sayDetails(locale, { action, details }).map(([name, value]) => `${name}: ${value}`);
  return [
    ...[String(seq), at, actorName ?? actor, actionTexts[locale][action] ?? action, sayThing(locale, thing, thingName)],
    ...[thing, said.join('; ')],
  ];
}

/**
 * The trail as a table with semicolons in UTF-8, the mark for spreadsheets in front; what is shown on the page, in the same
 * words, with moments in UTC. When there is more than fits, its last line says so. Throws as {@link exportTrail}.
 */
export async function trailCsv(ctx: Context, search: TrailSearch): Promise<AsyncGenerator<Uint8Array>> {
  return linesOf(ctx.locale, await exportTrail(ctx, search));
}

async function* linesOf(locale: Locale, pages: AsyncGenerator<TrailEntry[]>): AsyncGenerator<Uint8Array> {
  const labels = trailTexts[locale];
  const head = [labels.number, `${labels.when} (UTC)`, labels.who, labels.what, labels.thing, 'Id', labels.details];
  yield Buffer.from(`\ufeff${lineOf(head)}`);
  let given = 0;
  for await (const entries of pages) {
    given += entries.length;
    yield Buffer.from(entries.map((entry) => lineOf(cellsOf(locale, entry))).join(''));
  }
  if (given >= mostExported) yield Buffer.from(lineOf([labels.cut]));
}
