import type sax from 'sax';
import { Failure } from '#platform/errors';
import { openXml } from '#platform/xml';

/** Reads a schema of FIM's XDatenfelder 3.0 (`xdatenfelder.stammdatenschema.0102`): groups, fields, rules, as they are nested. */

export const fimNamespace = 'urn:xoev-de:fim:standard:xdatenfelder_3.0.0';
/** A form holds 500 questions: what has more parts, or more rules than anybody could look through, becomes none. */
const fimLimits = { bytes: 5_000_000, elements: 60_000, depth: 80, text: 20_000, parts: 1_000, rules: 500 };

/** The elements of which only so many may come. */
const counted: ReadonlyMap<string, number> = new Map([
  ['struktur', fimLimits.parts],
  ['regel', fimLimits.rules],
]);

type Node = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Node[];
  text: string;
};

const refuse = (detail: string): never => {
  throw new Failure('invalid', 'forms.fimForm', { detail });
};

/** An XML document as a tree. A document type is refused, and with it every entity but XML's own five. Throws `invalid`. */
function readXml(xml: string): Node {
  if (xml.length > fimLimits.bytes) refuse('size');
  const parser = openXml(() => refuse('size'));
  const root: Node = { name: '', attributes: {}, children: [], text: '' };
  const stack: Node[] = [root];
  let count = 0;
  const met = new Map<string, number>();
  parser.onerror = () => refuse('not well-formed');
  parser.ondoctype = () => refuse('DOCTYPE');
  parser.onopentag = (tag) => {
    const { local, uri, attributes } = tag as sax.QualifiedTag;
    count += 1;
    met.set(local, (met.get(local) ?? 0) + 1);
    const isMany = (met.get(local) ?? 0) > (counted.get(local) ?? fimLimits.elements);
    if (isMany || count > fimLimits.elements || stack.length > fimLimits.depth) refuse('size');
    // Codes of lists stand without a namespace, everything else in that of the standard.
    if (uri !== fimNamespace && uri !== '') refuse(uri.slice(0, 100));
    const values = Object.fromEntries(Object.values(attributes).map((one) => [one.local, one.value]));
    const node: Node = { name: local, attributes: values, children: [], text: '' };
    stack.at(-1)?.children.push(node);
    stack.push(node);
  };
  const add = (piece: string) => {
    const top = stack.at(-1) as Node;
    top.text = (top.text + piece).slice(0, fimLimits.text);
  };
  parser.ontext = add;
  parser.oncdata = add;
  parser.onclosetag = () => stack.pop();
  try {
    parser.write(xml).close();
  } catch (error) {
    if (error instanceof Failure) throw error;
    refuse('not well-formed');
  }
  return root.children[0] ?? refuse('empty');
}

export type FimRule = { readonly id: string; readonly text: string };

export type FimField = {
  readonly kind: 'field';
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly least: number;
  readonly most: number;
  readonly type: string;
  readonly input: 'input' | 'select' | 'label';
  readonly content: string;
  readonly bounds: Readonly<Record<string, string>>;
  readonly values: readonly { readonly code: string; readonly name: string }[];
  /** Name of a code list that is not part of the schema. */
  readonly codeList: string | null;
  readonly mostBytes: number | null;
};

export type FimGroup = {
  readonly kind: 'group';
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly least: number;
  readonly most: number;
  readonly rules: readonly FimRule[];
  readonly parts: readonly (FimGroup | FimField)[];
};

export type FimSchema = Omit<FimGroup, 'kind' | 'least' | 'most'> & {
  readonly version: string;
  readonly legal: readonly string[];
};

const child = (node: Node, name: string) => node.children.find((one) => one.name === name);
const all = (node: Node, name: string) => node.children.filter((one) => one.name === name);
const line = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
const textOf = (node: Node, name: string) => line(child(node, name)?.text ?? '');
const codeOf = (node: Node, name: string) => {
  const found = child(node, name);
  return found ? textOf(found, 'code') : '';
};
const idOf = (node: Node) => {
  const found = child(node, 'identifikation');
  return found ? textOf(found, 'id') : '';
};

function rulesOf(node: Node): FimRule[] {
  return all(node, 'regel').map((rule) => ({ id: idOf(rule), text: textOf(rule, 'freitextRegel') }));
}

const unbounded = 1_000;

function countsOf(text: string): { least: number; most: number } {
  const [, least = '1', most = '1'] = /^(\d+):(\d+|\*)$/.exec(line(text)) ?? [];
  return { least: Number(least), most: most === '*' ? unbounded : Number(most) };
}

function partsOf(node: Node): (FimGroup | FimField)[] {
  return all(node, 'struktur').flatMap((structure) => {
    const counts = countsOf(textOf(structure, 'anzahl'));
    return (child(structure, 'enthaelt')?.children ?? []).map((part) =>
      part.name === 'datenfeld' ? fieldOf(part, counts) : groupOf(part, counts),
    );
  });
}

const labelOf = (node: Node) => textOf(node, 'bezeichnungEingabe') || textOf(node, 'bezeichnung') || textOf(node, 'name');

function groupOf(node: Node, counts: { least: number; most: number }): FimGroup {
  const hint = textOf(node, 'hilfetextEingabe');
  return { kind: 'group', id: idOf(node), label: labelOf(node), hint, ...counts, rules: rulesOf(node), parts: partsOf(node) };
}

function fieldOf(node: Node, counts: { least: number; most: number }): FimField {
  const values = all(child(node, 'werte') ?? node, 'wert').map((value) => ({
    code: textOf(value, 'code'),
    name: textOf(value, 'name'),
  }));
  const list = child(node, 'codelisteReferenz');
  const megabytes = Number(textOf(node, 'maxSize'));
  const input = codeOf(node, 'feldart');
  return {
    kind: 'field',
    id: idOf(node),
    label: labelOf(node),
    hint: textOf(node, 'hilfetextEingabe'),
    ...counts,
    type: codeOf(node, 'datentyp'),
    input: input === 'select' || input === 'label' ? input : 'input',
    content: textOf(node, 'inhalt'),
    bounds: child(node, 'praezisierung')?.attributes ?? {},
    values,
    codeList: list && values.length === 0 ? textOf(list, 'canonicalIdentification') : null,
    mostBytes: megabytes > 0 ? megabytes * 1_000_000 : null,
  };
}

/** Reads one schema. Throws `invalid` for what is none: other roots, other namespaces, document types, oversize. */
export function readFimSchema(xml: string): FimSchema {
  const root = readXml(xml);
  const schema = child(root, 'stammdatenschema');
  if (root.name !== 'xdatenfelder.stammdatenschema.0102' || !schema) return refuse(root.name.slice(0, 100));
  const identity = child(schema, 'identifikation');
  return {
    id: idOf(schema),
    label: labelOf(schema),
    hint: textOf(schema, 'hilfetext'),
    rules: rulesOf(schema),
    parts: partsOf(schema),
    version: identity ? textOf(identity, 'version') : '',
    legal: all(schema, 'bezug')
      .map((one) => line(one.text))
      .filter(Boolean),
  };
}
