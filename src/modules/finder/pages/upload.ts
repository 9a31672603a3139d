import type { PageHouse } from '#web/context';
import { workTexts } from './work-texts.ts';

/** Largest file of these pages in bytes; the command line takes larger ones. */
const mostBytes = 5_000_000;

type Upload = { readonly text: string; readonly dryRun: boolean };

/** The file of a form and whether it is only to be checked: anything but a clear yes is a dry run. */
export async function readUpload(house: PageHouse): Promise<Upload> {
  const labels = workTexts[house.ctx.locale];
  let dryRun = true;
  for await (const part of house.parts()) {
    if (part.kind === 'field') {
      if (part.name === 'mode') dryRun = part.value !== 'real';
      continue;
    }
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of part.stream as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > mostBytes) throw house.refuse(labels.tooLarge, 'file');
      chunks.push(chunk);
    }
    if (bytes === 0) throw house.refuse(labels.noFile, 'file');
    return { text: Buffer.concat(chunks).toString('utf8'), dryRun };
  }
  throw house.refuse(labels.noFile, 'file');
}
