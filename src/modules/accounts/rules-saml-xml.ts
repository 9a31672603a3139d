import { openXml } from '#platform/xml';

/**
 * XML from outside, read so strictly that two parsers cannot read it in two ways: no document type, no entity of its own, no comment,
 * no CDATA, no processing instruction. Attacks on SAML live in what one reader passes over and the next one does not.
 */

export type XmlElement = {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** All text directly in it. */
  readonly text: string;
};

/** An answer has some hundred elements and attributes; whoever verifies its signature looks at all of them several times. */
const xmlLimits = { bytes: 196_608, depth: 30, elements: 1_000, attributes: 1_000 };

/** What is wrong with a document. */
export class XmlRefused extends Error {}

const refuse = (why: string): never => {
  throw new XmlRefused(why);
};

/** The bytes as text, once it is sure that nothing in them is read in two ways. Throws {@link XmlRefused}. */
export function plainXml(bytes: Uint8Array): string {
  if (bytes.length > xmlLimits.bytes) refuse('too large');
  const text = decode(bytes);
  const body = text.replace(/^<\?xml version="1\.0"(?: encoding="utf-8")?(?: standalone="(?:yes|no)")?\?>/i, '');
  if (body.includes('<!')) refuse('document type, comment or CDATA');
  if (body.includes('<?')) refuse('processing instruction');
  if (/&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)/.test(body)) refuse('entity');
  if (!body.startsWith('<')) refuse('something before the root');
  return text;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuse('not UTF-8');
  }
}

type Open = { name: string; namespace: string; attributes: Map<string, string>; children: XmlElement[]; text: string };

/** The elements of a document. Throws {@link XmlRefused} for what is not well-formed, too deep or too much. */
export function readXml(text: string): XmlElement {
  const parser = openXml(refuse);
  const top: Open = { name: '', namespace: '', attributes: new Map(), children: [], text: '' };
  const stack: Open[] = [top];
  let [elements, given] = [0, 0];
  parser.onopentag = (tag) => {
    elements += 1;
    given += Object.keys(tag.attributes).length;
    const isMuch = elements > xmlLimits.elements || given > xmlLimits.attributes;
    if (isMuch || stack.length > xmlLimits.depth) refuse('too much');
    if (!('local' in tag)) return;
    const attributes = Object.values(tag.attributes).filter(
      (each) => typeof each === 'object' && each.prefix !== 'xmlns' && each.name !== 'xmlns',
    );
    const pairs = attributes.map((each) =>
      typeof each === 'object' ? ([each.name, each.value] as const) : (['', each] as const),
    );
    const open: Open = { name: tag.local, namespace: tag.uri, attributes: new Map(pairs), children: [], text: '' };
    stack.at(-1)?.children.push(open);
    stack.push(open);
  };
  parser.onclosetag = () => void stack.pop();
  parser.ontext = (piece) => {
    const inner = stack.at(-1);
    if (inner) inner.text += piece;
  };
  parser.onerror = (error) => refuse(error.message.split('\n', 1)[0] ?? 'not well-formed');
  parser.write(text).close();
  const [root] = top.children;
  return root && top.children.length === 1 ? root : refuse('no root');
}

/** An element and everything below it. */
export function* everyElement(element: XmlElement): Generator<XmlElement> {
  yield element;
  for (const child of element.children) yield* everyElement(child);
}
