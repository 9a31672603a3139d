import sax from 'sax';

/** Attributes of one element: more than any document has that is meant well. */
const mostAttributes = 500;

/** Namespaces in XML 1.0, 3: the two prefixes that are bound from the beginning. */
const namespaces = { xml: 'http://www.w3.org/XML/1998/namespace', xmlns: 'http://www.w3.org/2000/xmlns/' };

/**
 * A strict reader of XML with namespaces. For each attribute the parser looks through all that the element has already: fifty thousand of
 * them, which fit into half a megabyte, keep it for ten seconds. `refuse` is asked to throw at the first one too many.
 */
export function openXml(refuse: (why: string) => never): sax.SAXParser {
  const parser = sax.parser(true, { xmlns: true, trim: false, normalize: false, position: false });
  // Not in its types; what it calls before it tells of an element.
  const { attribList } = parser as sax.SAXParser & { readonly attribList: unknown[] };
  attribList.push = (...pairs) => {
    if (attribList.length >= mostAttributes) refuse('too many attributes');
    return Array.prototype.push.apply(attribList, pairs);
  };
  // Not in its types either: where prefixes are looked up. As a plain object it takes \`toString:x\` for bound, to a function.
  (parser as sax.SAXParser & { ns: object }).ns = Object.assign(Object.create(null), namespaces);
  return parser;
}
