import { randomBytes } from 'node:crypto';
import { attributesOf, classes, type Level, type PracticeCitizen, pseudonymAttribute, pseudonymOf } from './citizens.ts';
import { encrypted, inAttribute, inText, signatureOver } from './xml.ts';

/** The practice identity's answers in SAML 2.0 (Web Browser SSO, HTTP-POST): right ones, and every kind of wrong one. */

const protocol = 'urn:oasis:names:tc:SAML:2.0:protocol';
const assertion = 'urn:oasis:names:tc:SAML:2.0:assertion';

/** Whom answers are for. */
export type Partner = { readonly issuer: string; readonly answerAddress: string; readonly certificate: string };

/** What was asked for. */
export type AskedFor = {
  readonly id: string;
  readonly level: Level;
  readonly attributes: readonly string[];
  readonly relayState: string;
};

export const faults = [
  ...(['cancelled', 'noLevel', 'technical', 'tooLow', 'unknownLevel', 'wrongKey', 'unsigned', 'halfSigned', 'weakHash'] as const),
  ...([
    'tampered',
    'otherAudience',
    'otherDestination',
    'otherRecipient',
    'otherIssuer',
    'otherRequest',
    'halfOtherRequest',
  ] as const),
  ...(['expired', 'early', 'longAgo', 'plain', 'twoAssertions', 'wrappedAssertion', 'wrappedResponse', 'wrappedInside'] as const),
  ...(['entities', 'externalEntity', 'comment', 'noPseudonym', 'twoPseudonyms'] as const),
] as const;

/** How an answer goes wrong. The comments stand where each of them is made. */
export type Fault = (typeof faults)[number];

export type AnswerInput = {
  readonly asked: AskedFor;
  readonly partner: Partner;
  readonly issuer: string;
  readonly key: string;
  /** A key nobody has been told of. */
  readonly strangeKey: string;
  readonly citizen: PracticeCitizen;
  readonly level: Level;
  readonly now: Date;
  readonly fault?: Fault | undefined;
};

const newId = () => `_${randomBytes(20).toString('hex')}`;
const minutes = (now: Date, count: number) => new Date(now.getTime() + count * 60_000).toISOString();
const elsewhere = 'https://anderswo.example/antwort';

/** What people play as somebody else, to see whether it is taken. */
const impostor: PracticeCitizen = {
  key: 'impostor',
  givenName: 'Mallory',
  familyName: 'Falsch',
  born: '1990-01-01',
  street: 'Nirgendwo 1',
  postcode: '00000',
  town: 'Nirgendwo',
};

function attributeTexts({ asked, partner, citizen, fault }: AnswerInput): string {
  const all = attributesOf(citizen);
  const pseudonym = pseudonymOf(citizen, partner.issuer);
  const one = (name: string, value: string) =>
    `<saml2:Attribute Name="${inAttribute(name)}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri"><saml2:AttributeValue>${value}</saml2:AttributeValue></saml2:Attribute>`;
  const pseudonyms = { noPseudonym: [], twoPseudonyms: [pseudonym, pseudonymOf(impostor, partner.issuer)] };
  const own = fault === 'noPseudonym' || fault === 'twoPseudonyms' ? pseudonyms[fault] : [pseudonym];
  const wanted = asked.attributes.flatMap((name) => (all.has(name) ? [one(name, inText(all.get(name) ?? ''))] : []));
  return [...own.map((value) => one(pseudonymAttribute, inText(value))), ...wanted].join('');
}

const lower: Readonly<Record<Level, Level>> = { high: 'substantial', substantial: 'basic', basic: 'basic' };

/** An assertion up to where its signature stands, and the rest. */
function assertionParts(input: AnswerInput, id: string): readonly [string, string] {
  const { asked, partner, issuer, citizen, level, now, fault } = input;
  const at =
    fault === 'expired' ? new Date(now.getTime() - 3_600_000) : fault === 'early' ? new Date(now.getTime() + 3_600_000) : now;
  const authenticated = fault === 'longAgo' ? minutes(now, -24 * 60) : at.toISOString();
  const request = fault === 'otherRequest' || fault === 'halfOtherRequest' ? newId() : asked.id;
  const recipient = fault === 'otherRecipient' ? elsewhere : partner.answerAddress;
  const audience = fault === 'otherAudience' ? 'https://anderswo.example/metadaten' : partner.issuer;
  const reached = fault === 'tooLow' ? lower[asked.level] : level;
  const context = fault === 'unknownLevel' ? 'STORK-QAA-Level-9' : classes[reached];
  const named = pseudonymOf(citizen, `${partner.issuer} name`);
  // The library that reads it may stop at the comment, and take `_ab` for the whole name; the signature does not change by it.
  const nameId = fault === 'comment' ? `${named.slice(0, 4)}<!-- -->${named.slice(4)}` : named;
  const head = `<saml2:Assertion xmlns:saml2="${assertion}" ID="${id}" IssueInstant="${at.toISOString()}" Version="2.0"><saml2:Issuer>${inText(issuer)}</saml2:Issuer>`;
  const subject = `<saml2:Subject><saml2:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">${nameId}</saml2:NameID><saml2:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml2:SubjectConfirmationData InResponseTo="${request}" NotOnOrAfter="${minutes(at, 5)}" Recipient="${inAttribute(recipient)}"></saml2:SubjectConfirmationData></saml2:SubjectConfirmation></saml2:Subject>`;
  const conditions = `<saml2:Conditions NotBefore="${minutes(at, 0)}" NotOnOrAfter="${minutes(at, 5)}"><saml2:AudienceRestriction><saml2:Audience>${inText(audience)}</saml2:Audience></saml2:AudienceRestriction></saml2:Conditions>`;
  const statement = `<saml2:AuthnStatement AuthnInstant="${authenticated}"><saml2:AuthnContext><saml2:AuthnContextClassRef>${context}</saml2:AuthnContextClassRef></saml2:AuthnContext></saml2:AuthnStatement>`;
  const attributes = `<saml2:AttributeStatement>${attributeTexts(input)}</saml2:AttributeStatement>`;
  return [head, `${subject}${conditions}${statement}${attributes}</saml2:Assertion>`];
}

const uncommented = (xml: string) => xml.replaceAll(/<!--.*?-->/g, '');

function signedAssertion(input: AnswerInput, id = newId()): string {
  const [head, rest] = assertionParts(input, id);
  if (input.fault === 'halfSigned' || input.fault === 'unsigned') return head + rest;
  const signing = { key: input.fault === 'wrongKey' ? input.strangeKey : input.key } as const;
  const hash = input.fault === 'weakHash' ? ('sha1' as const) : ('sha256' as const);
  return head + signatureOver(uncommented(head + rest), id, { ...signing, hash }) + rest;
}

const statusOf = (codes: readonly string[]): string =>
  codes.reduceRight(
    (inside, code) => `<saml2p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:${code}">${inside}</saml2p:StatusCode>`,
    '',
  );

const refusals: Readonly<Partial<Record<Fault, readonly string[]>>> = {
  cancelled: ['Responder', 'AuthnFailed'],
  noLevel: ['Responder', 'NoAuthnContext'],
  technical: ['Responder'],
};

type ResponseInput = {
  readonly input: AnswerInput;
  readonly content: string;
  readonly codes?: readonly string[];
  readonly id?: string;
};

/** A response around what it carries, signed as a whole. */
function responseWith({ input, content, codes = ['Success'], id = newId() }: ResponseInput): string {
  const { asked, partner, now, fault, key, strangeKey } = input;
  const destination = fault === 'otherDestination' ? elsewhere : partner.answerAddress;
  const request = fault === 'otherRequest' ? newId() : asked.id;
  const issuer = fault === 'otherIssuer' ? 'https://jemand.example/metadaten' : input.issuer;
  const head = `<saml2p:Response xmlns:saml2p="${protocol}" Destination="${inAttribute(destination)}" ID="${id}" InResponseTo="${request}" IssueInstant="${now.toISOString()}" Version="2.0"><saml2:Issuer xmlns:saml2="${assertion}">${inText(issuer)}</saml2:Issuer>`;
  const rest = `<saml2p:Status>${statusOf(codes)}</saml2p:Status>${content}</saml2p:Response>`;
  if (fault === 'unsigned') return head + rest;
  const signing = {
    key: fault === 'wrongKey' ? strangeKey : key,
    hash: fault === 'weakHash' ? ('sha1' as const) : ('sha256' as const),
  };
  return head + signatureOver(uncommented(head + rest), id, signing) + rest;
}

const sealed = (element: string, { partner }: AnswerInput): string =>
  `<saml2:EncryptedAssertion xmlns:saml2="${assertion}">${encrypted(element, partner.certificate)}</saml2:EncryptedAssertion>`;

/** An assertion that nobody has signed, with the signed one hidden in it, where its signature still finds it. */
function hiddenIn(input: AnswerInput): string {
  const genuine = signedAssertion({ ...input, fault: undefined });
  const [head, rest] = assertionParts({ ...input, citizen: impostor }, newId());
  const [, signature = ''] = /(<ds:Signature .*<\/ds:Signature>)/s.exec(genuine) ?? [];
  const original = genuine.replace(signature, '');
  const carrying = signature.replace('</ds:Signature>', `<ds:Object>${original}</ds:Object></ds:Signature>`);
  return head + carrying + rest;
}

/** Answers whose outside is put together of something genuine and something made up. */
const wrapped: Readonly<Partial<Record<Fault, (input: AnswerInput) => string>>> = {
  // A made-up response, and in its signature's object the genuine one that the signature is over.
  wrappedResponse: (input) => {
    const genuine = responseWith({ input, content: sealed(signedAssertion(input), input) });
    const [, signature = ''] =
      /<saml2:Issuer [^>]*>[^<]*<\/saml2:Issuer>(<ds:Signature .*?<\/ds:Signature>)/s.exec(genuine) ?? [];
    const carrying = signature.replace(
      '</ds:Signature>',
      `<ds:Object>${genuine.replace(signature, '')}</ds:Object></ds:Signature>`,
    );
    const [head, rest] = assertionParts({ ...input, citizen: impostor }, newId());
    const made = responseWith({ input: { ...input, fault: 'unsigned' }, content: sealed(head + rest, input) });
    return made.replace('<saml2p:Status>', `${carrying}<saml2p:Status>`);
  },
  // A made-up assertion before the genuine one.
  wrappedAssertion: (input) => {
    const [head, rest] = assertionParts({ ...input, citizen: impostor }, newId());
    return responseWith({ input, content: head + rest + signedAssertion(input) });
  },
  // The response is genuine as a whole (a partner of the identity made it): what is hidden lies inside the encryption.
  wrappedInside: (input) => responseWith({ input, content: sealed(hiddenIn(input), input) }),
  twoAssertions: (input) => responseWith({ input, content: sealed(signedAssertion(input), input).repeat(2) }),
  plain: (input) => responseWith({ input, content: signedAssertion(input) }),
  comment: (input) => responseWith({ input, content: sealed(signedAssertion(input), input) }),
  entities: (input) =>
    `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>${responseWith({ input, content: sealed(signedAssertion(input), input) })}`,
  externalEntity: (input) =>
    `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>${responseWith({ input, content: sealed(signedAssertion(input), input) })}`,
  tampered: (input) =>
    responseWith({ input, content: sealed(signedAssertion(input), input) }).replace(/IssueInstant="2/, 'IssueInstant="3'),
};

/** The answer as it is posted: XML in Base64. */
export function makeAnswer(input: AnswerInput): string {
  const codes = input.fault && refusals[input.fault];
  const made = input.fault && wrapped[input.fault];
  const xml = codes
    ? responseWith({ input, content: '', codes })
    : made
      ? made(input)
      : responseWith({ input, content: sealed(signedAssertion(input), input) });
  return Buffer.from(xml).toString('base64');
}
