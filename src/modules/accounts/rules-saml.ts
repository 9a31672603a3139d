import { type IdentityLevel, identityLimits, levelOfClass, pseudonymName } from './rules-identity.ts';
import { everyElement, type XmlElement } from './rules-saml-xml.ts';

/**
 * What an answer of a state identity has to look like (SAML 2.0 Core and Profiles 4.1, Web Browser SSO). The library checks the
 * signatures; here everything it leaves open is decided: where a signature stands and what it is over, for whom and for which request
 * the answer is, until when it holds, what it says. Everything that is not expected is refused.
 */

const protocol = 'urn:oasis:names:tc:SAML:2.0:protocol';
const assertion = 'urn:oasis:names:tc:SAML:2.0:assertion';
const dsig = 'http://www.w3.org/2000/09/xmldsig#';
const xenc = 'http://www.w3.org/2001/04/xmlenc#';
const canonical = 'http://www.w3.org/2001/10/xml-exc-c14n#';

/** Nothing with SHA-1, no shared secrets, no XSLT. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  CanonicalizationMethod: [canonical],
  SignatureMethod: [
    'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
    'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1',
  ],
  DigestMethod: [`${xenc}sha256`, `${xenc}sha512`],
};
const transforms = [`${dsig}enveloped-signature`, canonical];
const ciphers = ['http://www.w3.org/2009/xmlenc11#aes256-gcm', 'http://www.w3.org/2009/xmlenc11#aes128-gcm'];

/** What an answer is held against. */
export type Expected = {
  /** Our entity id, and the address the answer is posted to. */
  readonly audience: string;
  readonly address: string;
  /** Entity id of the state identity. */
  readonly issuer: string;
};

/** Why an answer is refused, for the log of the operator; people are told less. */
export class AnswerRefused extends Error {
  readonly isLate: boolean;
  constructor(why: string, isLate = false) {
    super(why);
    this.isLate = isLate;
  }
}

function must(isRight: boolean, why: string): asserts isRight {
  if (!isRight) throw new AnswerRefused(why);
}

const isNamed = (element: XmlElement, namespace: string, name: string) =>
  element.namespace === namespace && element.name === name;
const all = (element: XmlElement, namespace: string, name: string) =>
  element.children.filter((child) => isNamed(child, namespace, name));

/** The one child of this name. */
function one(element: XmlElement, namespace: string, name: string): XmlElement {
  const found = all(element, namespace, name);
  must(found.length === 1, `${element.name} holds ${found.length} of ${name}`);
  return found[0] as XmlElement;
}

function onlyHolds(element: XmlElement, names: readonly string[]): void {
  const strange = element.children.find(({ name }) => !names.includes(name));
  must(!strange, `${element.name} holds ${strange?.name}`);
  must(element.text.trim() === '', `text in ${element.name}`);
}

const value = (element: XmlElement, name: string): string => element.attributes.get(name) ?? '';

/** One signature, directly in the element, over this element and nothing else, by means that are still good. */
function checkSignature(element: XmlElement): void {
  const signature = one(element, dsig, 'Signature');
  const info = one(signature, dsig, 'SignedInfo');
  onlyHolds(signature, ['SignedInfo', 'SignatureValue', 'KeyInfo']);
  onlyHolds(info, ['CanonicalizationMethod', 'SignatureMethod', 'Reference']);
  const reference = one(info, dsig, 'Reference');
  const id = value(element, 'ID');
  must(id !== '' && value(reference, 'URI') === `#${id}`, 'the signature is over something else');
  for (const [name, algorithms] of Object.entries(allowed)) {
    const method = one(name === 'DigestMethod' ? reference : info, dsig, name);
    must(algorithms.includes(value(method, 'Algorithm')), `${name} ${value(method, 'Algorithm')}`);
  }
  const steps = all(one(reference, dsig, 'Transforms'), dsig, 'Transform').map((step) => value(step, 'Algorithm'));
  must(steps.length > 0 && steps.every((step, index) => step === transforms[index]), 'transforms of the signature');
}

function checkIds(root: XmlElement): void {
  const ids = [...everyElement(root)].flatMap(({ attributes }) =>
    [...attributes].flatMap(([name, id]) => (/^(?:.*:)?id$/i.test(name) ? [id] : [])),
  );
  must(new Set(ids).size === ids.length, 'an id stands twice');
}

/** How often something stands anywhere in a document: what is hidden below cannot be taken for what is expected. */
const count = (root: XmlElement, names: readonly string[]) =>
  [...everyElement(root)].filter(({ name }) => names.includes(name)).length;

/** The outside of an answer, before any signature was checked. */
export type Outside = {
  readonly request: string;
  readonly hasAssertion: boolean;
  readonly isEncrypted: boolean;
  readonly codes: readonly string[];
};

/** Checks the outside. Throws {@link AnswerRefused}. */
export function checkOutside(root: XmlElement, expected: Expected): Outside {
  must(isNamed(root, protocol, 'Response') && value(root, 'Version') === '2.0', 'no response');
  onlyHolds(root, ['Issuer', 'Signature', 'Status', 'Assertion', 'EncryptedAssertion']);
  const [plain, sealed] = [all(root, assertion, 'Assertion'), all(root, assertion, 'EncryptedAssertion')];
  must(count(root, ['Response']) === 1, 'a response in the response');
  must(count(root, ['Assertion', 'EncryptedAssertion']) === plain.length + sealed.length, 'a hidden assertion');
  must(plain.length + sealed.length <= 1, 'several assertions');
  must(count(root, ['Signature']) <= 1 + plain.length, 'a hidden signature');
  checkIds(root);
  checkSignature(root);
  must(one(root, assertion, 'Issuer').text === expected.issuer, 'another issuer');
  must(value(root, 'Destination') === expected.address, 'another destination');
  for (const found of sealed) checkSealed(found);
  const codes = codesOf(one(root, protocol, 'Status'));
  const isSuccess = codes[0] === 'Success';
  must(isSuccess === (plain.length + sealed.length === 1), 'status and content contradict each other');
  return { request: value(root, 'InResponseTo'), hasAssertion: isSuccess, isEncrypted: sealed.length === 1, codes };
}

const statusPrefix = 'urn:oasis:names:tc:SAML:2.0:status:';

function codesOf(status: XmlElement): string[] {
  const outer = one(status, protocol, 'StatusCode');
  const inner = all(outer, protocol, 'StatusCode');
  const codes = [outer, ...inner].map((code) => value(code, 'Value'));
  must(codes.length <= 2 && codes.every((code) => code.startsWith(statusPrefix)), 'status');
  return codes.map((code) => code.slice(statusPrefix.length));
}

/** Ciphers with a tag only: with the others somebody could find out what is inside by asking us often enough. */
function checkSealed(sealed: XmlElement): void {
  const data = one(sealed, xenc, 'EncryptedData');
  const method = value(one(data, xenc, 'EncryptionMethod'), 'Algorithm');
  must(ciphers.includes(method), `cipher ${method}`);
  const keys = [...everyElement(sealed)].filter((element) => isNamed(element, xenc, 'EncryptedKey'));
  must(keys.length === 1 && count(sealed, ['EncryptedData']) === 1, 'keys');
  const transport = value(one(keys[0] as XmlElement, xenc, 'EncryptionMethod'), 'Algorithm');
  must(transport === `${xenc}rsa-oaep-mgf1p`, `key transport ${transport}`);
}

/** What a verified assertion says. */
export type Confirmed = {
  readonly level: IdentityLevel;
  readonly pseudonym: string;
  readonly attributes: ReadonlyMap<string, string>;
};

export type Held = Expected & { readonly request: string; readonly now: Date };

/** Checks the assertion whose signature holds. Throws {@link AnswerRefused}. */
export function checkAssertion(root: XmlElement, held: Held): Confirmed {
  must(isNamed(root, assertion, 'Assertion') && value(root, 'Version') === '2.0', 'no assertion');
  onlyHolds(root, ['Issuer', 'Signature', 'Subject', 'Conditions', 'AuthnStatement', 'AttributeStatement']);
  must(count(root, ['Assertion', 'EncryptedAssertion', 'Response', 'Signature']) === 2, 'something hidden in the assertion');
  checkIds(root);
  checkSignature(root);
  must(one(root, assertion, 'Issuer').text === held.issuer, 'another issuer of the assertion');
  checkAge(value(root, 'IssueInstant'), identityLimits.ageSeconds, held.now);
  checkSubject(one(root, assertion, 'Subject'), held);
  checkConditions(one(root, assertion, 'Conditions'), held);
  const statement = one(root, assertion, 'AuthnStatement');
  checkAge(value(statement, 'AuthnInstant'), identityLimits.authenticatedSeconds, held.now);
  const level = levelOfClass(one(one(statement, assertion, 'AuthnContext'), assertion, 'AuthnContextClassRef').text.trim());
  must(level !== null, 'an unknown level');
  const attributes = attributesIn(root);
  const pseudonym = attributes.get(pseudonymName) ?? '';
  must(/^[\w+/=.:-]{16,512}$/.test(pseudonym), 'no pseudonym');
  return { level, pseudonym, attributes };
}

/** A moment as SAML writes it: in UTC. */
function momentOf(text: string): number {
  must(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/.test(text), 'a moment that is none');
  const moment = Date.parse(text);
  must(!Number.isNaN(moment), 'a moment that is none');
  return moment;
}

const skew = identityLimits.skewSeconds * 1_000;

function inTime(isInTime: boolean): void {
  if (!isInTime) throw new AnswerRefused('too late or too early', true);
}

function checkAge(text: string, seconds: number, now: Date): void {
  const moment = momentOf(text);
  inTime(moment <= now.getTime() + skew && now.getTime() < moment + seconds * 1_000 + skew);
}

function checkUntil(element: XmlElement, now: Date): void {
  inTime(now.getTime() < momentOf(value(element, 'NotOnOrAfter')) + skew);
}

function checkSubject(subject: XmlElement, { address, request, now }: Held): void {
  onlyHolds(subject, ['NameID', 'SubjectConfirmation']);
  const confirmation = one(subject, assertion, 'SubjectConfirmation');
  must(value(confirmation, 'Method') === 'urn:oasis:names:tc:SAML:2.0:cm:bearer', 'another confirmation');
  const data = one(confirmation, assertion, 'SubjectConfirmationData');
  must(value(data, 'Recipient') === address, 'another recipient');
  must(value(data, 'InResponseTo') === request, 'another request');
  must(!data.attributes.has('NotBefore'), 'a bearer from later on');
  checkUntil(data, now);
}

function checkConditions(conditions: XmlElement, { audience, now }: Held): void {
  onlyHolds(conditions, ['AudienceRestriction', 'OneTimeUse']);
  const audiences = all(one(conditions, assertion, 'AudienceRestriction'), assertion, 'Audience');
  must(audiences.length === 1 && audiences[0]?.text === audience, 'another audience');
  inTime(momentOf(value(conditions, 'NotBefore')) <= now.getTime() + skew);
  checkUntil(conditions, now);
}

function attributesIn(root: XmlElement): Map<string, string> {
  const found = new Map<string, string>();
  const given = all(root, assertion, 'AttributeStatement').flatMap((statement) => all(statement, assertion, 'Attribute'));
  for (const attribute of given) {
    const values = all(attribute, assertion, 'AttributeValue');
    const name = value(attribute, 'Name');
    must(values.length <= 1 && !found.has(name), 'an attribute with several values');
    must(
      values.every(({ children }) => children.length === 0),
      'an attribute that is no text',
    );
    if (values[0]) found.set(name, values[0].text);
  }
  return found;
}
