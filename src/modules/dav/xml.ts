import type sax from 'sax';
import { Failure } from '#platform/errors';
import { openXml } from '#platform/xml';

/** An element as a client sent it, with its namespace resolved. */
export type Element = {
  readonly namespace: string;
  readonly name: string;
  readonly attributes: readonly { readonly namespace: string; readonly name: string; readonly value: string }[];
  readonly children: readonly (Element | string)[];
};

export const dav = 'DAV:';
export const owncloud = 'http://owncloud.org/ns';
export const nextcloud = 'http://nextcloud.org/ns';

/** Bounds of what a client may send as XML. */
export const xmlLimits = { bytes: 1_048_576, depth: 32, elements: 5_000 };

type Open = { namespace: string; name: string; attributes: Element['attributes']; children: (Element | string)[] };

function refuse(detail: string): never {
  throw new Failure('invalid', 'dav.xmlInvalid', { detail });
}

/**
 * Reads one XML document. A document type declaration is refused, and with it every entity but the five of XML itself:
 * RFC 4918, 20.6, "XML processors must not resolve external entities". Throws `invalid`.
 */
export function parseXml(text: string): Element {
  const parser = openXml(refuse);
  const stack: Open[] = [{ namespace: '', name: '', attributes: [], children: [] }];
  let count = 0;
  const top = () => stack.at(-1) as Open;
  parser.onerror = () => refuse('not well-formed');
  parser.ondoctype = () => refuse('DOCTYPE');
  parser.onopentag = (tag) => {
    count += 1;
    if (count > xmlLimits.elements) refuse(`more than ${xmlLimits.elements} elements`);
    if (stack.length > xmlLimits.depth) refuse(`nested deeper than ${xmlLimits.depth}`);
    if (stack.length === 1 && elementsOf(top()).length > 0) refuse('two root elements');
    stack.push(opened(tag as sax.QualifiedTag));
  };
  parser.onclosetag = () => {
    const done = stack.pop() as Open;
    top().children.push(done);
  };
  parser.ontext = (piece) => top().children.push(piece);
  parser.oncdata = (piece) => top().children.push(piece);
  try {
    parser.write(text).close();
  } catch (error) {
    if (error instanceof Failure) throw error;
    refuse('not well-formed');
  }
  const [root] = elementsOf(top());
  return root ?? refuse('empty');
}

function opened(tag: sax.QualifiedTag): Open {
  // RFC 4918, 8.2 with XML Namespaces 1.0: a prefix bound to the empty namespace is an error.
  const isUnbound = Object.values(tag.attributes).some(
    (attribute) => attribute.prefix === 'xmlns' && attribute.local !== '' && attribute.value === '',
  );
  if (isUnbound || (tag.prefix !== '' && tag.uri === '')) refuse('namespace');
  const attributes = Object.values(tag.attributes)
    .filter(({ prefix, name }) => prefix !== 'xmlns' && name !== 'xmlns')
    .map(({ uri, local, value }) => ({ namespace: uri, name: local, value }));
  return { namespace: tag.uri, name: tag.local, attributes, children: [] };
}

/** The child elements; text between them is passed over (owncloudcmd 2.11 sends a stray letter there). */
export function elementsOf(element: Pick<Element, 'children'>): Element[] {
  return element.children.filter((child) => typeof child !== 'string');
}

/** The first child of this name. */
export function childOf(element: Element, namespace: string, name: string): Element | null {
  return elementsOf(element).find((child) => child.namespace === namespace && child.name === name) ?? null;
}

/** All text inside. */
export function textOf(element: Element): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}

const special = /[&<>"\r]/g;
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' };
// XML 1.0, 2.2: these characters cannot stand in a document at all.
const impossible = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Text as it stands in XML, in content and in attributes. */
export function escapeXml(text: string): string {
  return text.replace(impossible, '\ufffd').replace(special, (character) => escapes[character] as string);
}

/** Writes an element back, each with its namespace declared: a dead property must come out as it went in. */
function writeElement(element: Element): string {
  const open = `x:${element.name} xmlns:x="${escapeXml(element.namespace)}"`;
  const tag = element.namespace === '' ? element.name : open;
  const end = element.namespace === '' ? element.name : `x:${element.name}`;
  const attributes = element.attributes
    .map(({ namespace, name, value }, index) => writeAttribute({ namespace, name, value }, index))
    .join('');
  return `<${tag}${attributes}>${writeContent(element)}</${end}>`;
}

function writeAttribute({ namespace, name, value }: Element['attributes'][number], index: number): string {
  if (namespace === '') return ` ${name}="${escapeXml(value)}"`;
  if (namespace === 'http://www.w3.org/XML/1998/namespace') return ` xml:${name}="${escapeXml(value)}"`;
  return ` xmlns:a${index}="${escapeXml(namespace)}" a${index}:${name}="${escapeXml(value)}"`;
}

/** What stands inside an element, as XML. */
export function writeContent(element: Element): string {
  return element.children.map((child) => (typeof child === 'string' ? escapeXml(child) : writeElement(child))).join('');
}
