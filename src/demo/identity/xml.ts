import { constants, createCipheriv, createHash, createPublicKey, publicEncrypt, randomBytes, sign } from 'node:crypto';

/**
 * The few pieces of XML Signature and XML Encryption the practice identity needs, written from the standards and not with the library
 * we check it with. Whatever is signed here is written in the form of Exclusive XML Canonicalization 1.0 from the start: attributes in
 * their order, no empty-element tags, every prefix declared where it is first used.
 */

const dsig = 'http://www.w3.org/2000/09/xmldsig#';
const xenc = 'http://www.w3.org/2001/04/xmlenc#';
const canonical = 'http://www.w3.org/2001/10/xml-exc-c14n#';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A text as it stands between tags. */
export const inText = (text: string) => text.replaceAll(/[&<>]/g, (sign) => escapes[sign] ?? sign);

/** A text as it stands in an attribute. */
export const inAttribute = (text: string) => text.replaceAll(/[&<"]/g, (sign) => escapes[sign] ?? sign);

const empty = (name: string, algorithm: string) => `<ds:${name} Algorithm="${algorithm}"></ds:${name}>`;

type Hash = 'sha1' | 'sha256';
const hashes: Readonly<Record<Hash, { readonly signature: string; readonly digest: string }>> = {
  sha1: { signature: `${dsig}rsa-sha1`, digest: `${dsig}sha1` },
  sha256: { signature: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', digest: `${xenc}sha256` },
};

/** How something is signed. */
export type Signing = { readonly key: string; readonly hash?: Hash };

/** The enveloped signature over an element with this id, which is given without one. */
export function signatureOver(element: string, id: string, { key, hash = 'sha256' }: Signing): string {
  const { signature, digest } = hashes[hash];
  const value = createHash(hash).update(element).digest('base64');
  const info = (namespace: string) =>
    `<ds:SignedInfo${namespace}>${empty('CanonicalizationMethod', canonical)}${empty('SignatureMethod', signature)}<ds:Reference URI="#${id}"><ds:Transforms>${empty('Transform', `${dsig}enveloped-signature`)}${empty('Transform', canonical)}</ds:Transforms>${empty('DigestMethod', digest)}<ds:DigestValue>${value}</ds:DigestValue></ds:Reference></ds:SignedInfo>`;
  const signed = sign(hash, Buffer.from(info(` xmlns:ds="${dsig}"`)), key).toString('base64');
  return `<ds:Signature xmlns:ds="${dsig}">${info('')}<ds:SignatureValue>${signed}</ds:SignatureValue></ds:Signature>`;
}

const method = (algorithm: string, inside = '') =>
  `<xenc:EncryptionMethod Algorithm="${algorithm}">${inside}</xenc:EncryptionMethod>`;
const cipher = (bytes: Uint8Array) =>
  `<xenc:CipherData><xenc:CipherValue>${Buffer.from(bytes).toString('base64')}</xenc:CipherValue></xenc:CipherData>`;

/** An element, encrypted for whoever has the certificate's key: AES-256-GCM, the key with RSA-OAEP. */
export function encrypted(element: string, certificate: string): string {
  const [key, nonce] = [randomBytes(32), randomBytes(12)];
  const sealing = createCipheriv('aes-256-gcm', key, nonce);
  const sealed = Buffer.concat([nonce, sealing.update(element), sealing.final(), sealing.getAuthTag()]);
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const wrapped = publicEncrypt({ key: createPublicKey(certificate), padding, oaepHash: 'sha1' }, key);
  const keyInfo = `<ds:KeyInfo xmlns:ds="${dsig}"><xenc:EncryptedKey>${method(`${xenc}rsa-oaep-mgf1p`, empty('DigestMethod', `${dsig}sha1`))}${cipher(wrapped)}</xenc:EncryptedKey></ds:KeyInfo>`;
  return `<xenc:EncryptedData xmlns:xenc="${xenc}" Type="${xenc}Element">${method('http://www.w3.org/2009/xmlenc11#aes256-gcm')}${keyInfo}${cipher(sealed)}</xenc:EncryptedData>`;
}
