import type { SAML, SamlConfig } from '@node-saml/node-saml';
import type { Context, Platform } from '#platform/context';
import { attributeNames, type IdentityAttribute, type IdentityLevel, levelClasses, pseudonymName } from './rules-identity.ts';
import { AnswerRefused, type Confirmed, checkAssertion, checkOutside, type Expected } from './rules-saml.ts';
import { plainXml, readXml, XmlRefused } from './rules-saml-xml.ts';

/**
 * SAML 2.0 Web Browser SSO as a service provider: requests by HTTP-Redirect, answers by HTTP-POST. `@node-saml/node-saml` makes and
 * signs requests, checks XML signatures and decrypts; what an answer must say is decided in `rules-saml.ts`.
 */

export type Identity = NonNullable<Platform['config']['identity']>;

/** Where we are reached, and the name we go by at the state identity: the address of our metadata. */
const addressesOf = ({ config }: Pick<Platform, 'config'>) => ({
  audience: `${config.url}/identitaet/metadaten.xml`,
  address: `${config.url}/identitaet/antwort`,
});

const expectedBy = (platform: Platform, { issuer }: Identity): Expected => ({ ...addressesOf(platform), issuer });

/** The library takes some time to load, and most instances never need it. */
const library = () => import('@node-saml/node-saml');

async function openSaml(platform: Platform, identity: Identity, more: Partial<SamlConfig> = {}): Promise<SAML> {
  const { SAML: Saml } = await library();
  const { audience, address } = addressesOf(platform);
  return new Saml({
    issuer: audience,
    audience,
    callbackUrl: address,
    entryPoint: identity.url,
    idpCert: [...identity.certificates],
    privateKey: identity.keys[0] ?? '',
    decryptionPvk: identity.keys[0] ?? '',
    signatureAlgorithm: 'sha256',
    digestAlgorithm: 'sha256',
    wantAuthnResponseSigned: true,
    wantAssertionsSigned: true,
    // Times are held against the house's clock, and requests against the database: in rules-saml.ts and receiveIdentity.
    acceptedClockSkewMs: -1,
    identifierFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
    ...more,
  });
}

export type RequestFacts = {
  readonly id: string;
  readonly level: IdentityLevel;
  readonly attributes: readonly IdentityAttribute[];
  /** At most 80 bytes (SAML 2.0 Bindings, 3.4.3). */
  readonly relayState: string;
};

/** What is asked for beyond the standard: modelled on the federal account's extension, which names the attributes wanted. */
function extensionsFor(attributes: readonly IdentityAttribute[]): Record<string, unknown> {
  const names = [pseudonymName, ...new Set(attributes.map((attribute) => attributeNames[attribute]))];
  const wanted = names.map((name) => ({ '@Name': name, '@RequiredAttribute': String(name === pseudonymName) }));
  return {
    'akdb:AuthenticationRequest': {
      '@xmlns:akdb': 'https://www.akdb.de/request/2018/09',
      '@Version': '2',
      'akdb:RequestedAttributes': { 'akdb:RequestedAttribute': wanted },
    },
  };
}

/** The address at the state identity to which a browser is sent with a signed request. */
export async function requestAddress(platform: Platform, identity: Identity, facts: RequestFacts): Promise<string> {
  const { id, level, attributes, relayState } = facts;
  const saml = await openSaml(platform, identity, {
    generateUniqueId: () => id,
    authnContext: [levelClasses[level]],
    racComparison: 'minimum',
    samlAuthnRequestExtensions: extensionsFor(attributes),
  });
  return saml.getAuthorizeUrlAsync(relayState, undefined, {});
}

/** Who we are, for the state identity (SAML 2.0 Metadata). */
export async function metadataOf(platform: Platform, identity: Identity): Promise<string> {
  const saml = await openSaml(platform, identity, { generateUniqueId: () => '_rennsteig' });
  return saml.generateServiceProviderMetadata(identity.certificate, identity.certificate);
}

/** The request an answer says it is for, before anything in it is believed. Throws {@link AnswerRefused}. */
export function requestIn(platform: Platform, identity: Identity, answer: string): string {
  return outsideOf(platform, identity, answer).request;
}

const outsideOf = (platform: Platform, identity: Identity, answer: string) =>
  refusing(() => checkOutside(readXml(plainXml(Buffer.from(answer, 'base64'))), expectedBy(platform, identity)));

function refusing<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw error instanceof XmlRefused ? new AnswerRefused(error.message) : error;
  }
}

/** What somebody is told who was not let in: `codes` from the outside in. */
export type Answer =
  | { readonly kind: 'confirmed'; readonly confirmed: Confirmed }
  | { readonly kind: 'refused'; readonly codes: readonly string[] };

/** Opens an answer to a request: everything about it is right, or {@link AnswerRefused} says what is not. */
export async function openAnswer(
  ctx: Context,
  identity: Identity,
  { answer, request }: { answer: string; request: string },
): Promise<Answer> {
  const { platform } = ctx;
  const { hasAssertion, isEncrypted, codes } = outsideOf(platform, identity, answer);
  const verified = await verify(platform, identity, answer);
  if (verified === null || !hasAssertion) return { kind: 'refused', codes };
  const held = { ...expectedBy(platform, identity), request, now: platform.clock.now() };
  const confirmed = refusing(() => checkAssertion(readXml(plainXml(Buffer.from(verified))), held));
  if (!isEncrypted) throw new AnswerRefused('not encrypted');
  return { kind: 'confirmed', confirmed };
}

/** The assertion whose signatures hold, decrypted; null: the answer is signed, and says no. Tries our earlier keys as well. */
async function verify(platform: Platform, identity: Identity, answer: string): Promise<string | null> {
  const { SamlStatusError } = await library();
  let last: unknown;
  for (const decryptionPvk of identity.keys) {
    try {
      const saml = await openSaml(platform, identity, { decryptionPvk });
      const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: answer });
      return profile?.getAssertionXml?.() ?? null;
    } catch (error) {
      last = error;
      if (error instanceof SamlStatusError) return null;
    }
  }
  throw new AnswerRefused(last instanceof Error ? last.message : 'not to be verified');
}
