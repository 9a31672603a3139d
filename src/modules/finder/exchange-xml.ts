import type sax from 'sax';
import { ensure, Failure } from '#platform/errors';
import { openXml } from '#platform/xml';
import { exchangeLimits, namespace, type XmlElement } from './rules-exchange.ts';

type Open = { name: string; attributes: Record<string, string>; text: string; children: XmlElement[] };

const refuse = (detail: string): never => {
  throw new Failure('invalid', 'finder.exchangeForm', { detail });
};

/** A document being read, piece by piece. */
export type XmlReader = {
  /** Takes the next piece of text. Throws `invalid` for what is no such document. */
  write(piece: string): void;
  /** There is nothing more. Throws `invalid` when the document is not at its end; resolves with the root, without its children. */
  close(): XmlElement;
};

/** Letters a single entry may have; a document may have many entries. An element without any takes as much memory as some text. */
const longestEntry = 2_000_000;
const lettersOfElement = 40;

/**
 * Reads a document of entries: every child of the root is handed on as soon as it has ended, and then forgotten. A document with a
 * document type declaration is refused, and with it every entity but the five of XML itself.
 */
export function openXmlReader(take: (entry: XmlElement) => void): XmlReader {
  const parser = openXml(refuse);
  const top: Open = { name: '', attributes: {}, text: '', children: [] };
  const stack: Open[] = [top];
  let [entries, letters] = [0, 0];
  const current = () => stack.at(-1) as Open;
  const weigh = (more: number) => {
    letters += more;
    if (letters > longestEntry) refuse('length');
  };
  parser.onerror = () => refuse('XML');
  parser.ondoctype = () => refuse('DOCTYPE');
  parser.onopentag = (tag) => {
    const { local, uri, attributes } = tag as sax.QualifiedTag;
    if (uri !== namespace) refuse(`namespace ${uri}`);
    if (stack.length > exchangeLimits.depth) refuse('depth');
    if (stack.length === 1) ensure(local === 'transfer', 'invalid', 'finder.exchangeForm', { detail: local });
    if (stack.length === 2) {
      entries += 1;
      letters = 0;
      if (entries > exchangeLimits.entries) refuse('entries');
    }
    weigh(lettersOfElement * (1 + Object.keys(attributes).length));
    const given = Object.fromEntries(Object.values(attributes).map(({ name, value }) => [name, value]));
    stack.push({ name: local, attributes: given, text: '', children: [] });
  };
  parser.onclosetag = () => {
    const done = stack.pop() as Open;
    if (stack.length === 2) take(done);
    else current().children.push(done);
  };
  parser.ontext = (piece) => {
    weigh(piece.length);
    current().text += piece;
  };
  parser.oncdata = parser.ontext;
  return {
    write: (piece) => careful(() => parser.write(piece)),
    close: () => careful(() => parser.close()) && (top.children[0] ?? refuse('XML')),
  };
}

/** What the parser says about a broken document, in our words. */
function careful<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Failure) throw error;
    return refuse('XML');
  }
}
