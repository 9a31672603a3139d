/** How surely somebody is known, and what a state identity says about them. */

/** Assurance levels from the weakest on (eIDAS article 8: low, substantial, high). */
const identityLevels = ['basic', 'substantial', 'high'] as const;
export type IdentityLevel = (typeof identityLevels)[number];

/** Whether a level is at least as sure as the one that is wanted. */
export const reaches = (level: IdentityLevel, wanted: IdentityLevel): boolean =>
  identityLevels.indexOf(level) >= identityLevels.indexOf(wanted);

/** What can be asked for about a person. Nothing is, unless a form names it. */
const identityAttributes = ['givenName', 'familyName', 'birthDate', 'street', 'number', 'postcode', 'town'] as const;
export type IdentityAttribute = (typeof identityAttributes)[number];

export type IdentityFacts = Readonly<Partial<Record<IdentityAttribute, string>>>;

/** What a sign-in is for: one's account, linking the account that is signed in, or showing who applies. */
export type IdentityPurpose = 'signIn' | 'link' | 'prove';

/** Why an answer was not taken. */
export const identityRefusals = [
  'cancelled',
  'tooLow',
  'technical',
  'untrusted',
  'late',
  'used',
  'unknown',
  'otherBrowser',
] as const;
export type IdentityRefusal = (typeof identityRefusals)[number];

export const identityLimits = {
  /** So long somebody may take at the state identity: an identity card has to be found, a code remembered. */
  requestSeconds: 1_800,
  /** So long what was answered waits for the browser that began; then it is removed. */
  answerSeconds: 900,
  /** So far the clocks of both sides may differ. */
  skewSeconds: 120,
  /** An answer that was written longer ago was kept back by somebody. */
  ageSeconds: 300,
  /** So long ago somebody may have signed in there. */
  authenticatedSeconds: 3_600,
  /** State identities one account is linked with. */
  links: 5,
  /** Characters of an answer as it is posted (Base64). */
  answerLength: 262_144,
  /** Characters of the page to return to. */
  onwardLength: 400,
};

/** Authentication context classes by level: modelled on the STORK levels the federal account speaks. */
export const levelClasses: Readonly<Record<IdentityLevel, string>> = {
  basic: 'STORK-QAA-Level-1',
  substantial: 'STORK-QAA-Level-3',
  high: 'STORK-QAA-Level-4',
};

/** The level of a class; null for one we do not know. */
export const levelOfClass = (given: string): IdentityLevel | null =>
  identityLevels.find((level) => levelClasses[level] === given) ?? null;

/** Names of attributes: modelled on the federal account's. Street and house number stand in one. */
export const attributeNames = {
  givenName: 'urn:oid:2.5.4.42',
  familyName: 'urn:oid:2.5.4.4',
  birthDate: 'urn:oid:1.2.40.0.10.2.1.1.55',
  street: 'urn:oid:2.5.4.16',
  number: 'urn:oid:2.5.4.16',
  postcode: 'urn:oid:2.5.4.17',
  town: 'urn:oid:2.5.4.7',
} as const satisfies Readonly<Record<IdentityAttribute, string>>;

/** The attribute that says who it is and not who they are: another one for every partner of the state identity. */
export const pseudonymName = 'urn:oid:1.3.6.1.4.1.25484.494450.3';

const longestFact = 200;

/** `Am Bach 3 a` → `Am Bach`, `3 a`. */
function splitStreet(whole: string): { street: string; number: string } {
  const [, street, number] = /^(.*\S)\s+(\d+\s?[a-zA-Z]?(?:\s?[-/]\s?\d+\s?[a-zA-Z]?)?)$/.exec(whole) ?? [];
  return street && number ? { street, number } : { street: whole, number: '' };
}

/** Those of the attributes that were asked for, and nothing else of what came. */
export function factsOf(given: ReadonlyMap<string, string>, asked: readonly IdentityAttribute[]): IdentityFacts {
  const facts: Partial<Record<IdentityAttribute, string>> = {};
  const home = splitStreet((given.get(attributeNames.street) ?? '').trim());
  for (const name of asked) {
    const value = name === 'street' || name === 'number' ? home[name] : (given.get(attributeNames[name]) ?? '').trim();
    if (value !== '' && value.length <= longestFact && !/\p{Cc}/u.test(value)) facts[name] = value;
  }
  return facts;
}
