import type sax from 'sax';
import { Failure } from '#platform/errors';
import { openXml } from '#platform/xml';
import { entriesPerFolder } from './source.ts';

/** One resource of a listing: its properties by local name, each with the texts of all elements inside it. */
export type Resource = {
  readonly href: string;
  readonly isFolder: boolean;
  readonly properties: ReadonlyMap<string, readonly string[]>;
};

/** Bounds of an answer from a server we do not know. */
const listingLimits = { bytes: 536_870_912, depth: 32, text: 65_536 };

const bad = (detail: string) => new Failure('conflict', 'migration.badListing', { detail });

/** What is being read: a resource with the properties of its present propstat. */
type Reading = { href: string; isFolder: boolean; good: Map<string, string[]>; stat: Map<string, string[]>; isGood: boolean };

const fresh = (): Reading => ({ href: '', isFolder: false, good: new Map(), stat: new Map(), isGood: true });

/**
 * Reads a multi-status answer (RFC 4918, 13) while it arrives. Properties count only with status 200. A document type, and with
 * it every entity of its own, is refused. Throws `conflict` for anything that is not a whole, well-formed answer.
 */
export async function readMultistatus(body: AsyncIterable<Uint8Array>): Promise<Resource[]> {
  const resources: Resource[] = [];
  const parser = openXml((why) => {
    throw bad(why);
  });
  const names: string[] = [];
  let reading = fresh();
  let text = '';
  let isClosed = false;
  parser.onerror = () => {
    throw bad('not well-formed');
  };
  parser.ondoctype = () => {
    throw bad('DOCTYPE');
  };
  parser.onopentag = (tag) => {
    const { local, uri } = tag as sax.QualifiedTag;
    names.push(local);
    text = '';
    if (names.length > listingLimits.depth) throw bad('nested too deep');
    if (uri !== 'DAV:') return;
    if (local === 'response') reading = fresh();
    if (local === 'propstat') Object.assign(reading, { stat: new Map(), isGood: true });
  };
  const addText = (piece: string) => {
    text += piece;
    if (text.length > listingLimits.text) throw bad('a text is too long');
  };
  parser.ontext = addText;
  parser.oncdata = addText;
  parser.onclosetag = () => {
    const local = names.pop() as string;
    const path = names.join('/');
    const at = path.indexOf('propstat/prop');
    if (path === 'multistatus/response' && local === 'href') reading.href = text.trim();
    else if (local === 'status' && path.endsWith('propstat')) reading.isGood = / 200( |$)/.test(text.trim());
    else if (at >= 0) keep(reading.stat, names[4] ?? local, local, text.trim());
    else if (local === 'propstat' && reading.isGood) for (const [name, values] of reading.stat) reading.good.set(name, values);
    else if (local === 'response') resources.push(finish(reading));
    if (resources.length > entriesPerFolder) throw bad(`more than ${entriesPerFolder} entries`);
    isClosed = names.length === 0;
    text = '';
  };
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.length;
    if (bytes > listingLimits.bytes) throw bad('too long');
    parser.write(decode(decoder, piece));
  }
  parser.write(decode(decoder)).close();
  if (!isClosed) throw bad('cut off');
  return resources;
}

function decode(decoder: TextDecoder, piece?: Uint8Array): string {
  try {
    return piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
  } catch {
    throw bad('not UTF-8');
  }
}

function keep(stat: Map<string, string[]>, property: string, element: string, text: string): void {
  const value = text === '' && element !== property ? element : text;
  const values = stat.get(property);
  if (values) values.push(value);
  else stat.set(property, [value]);
}

const finish = ({ href, good }: Reading): Resource => ({
  href,
  properties: good,
  isFolder: good.get('resourcetype')?.includes('collection') ?? false,
});
