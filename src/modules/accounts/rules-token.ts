/** Tokens begin with their tenant's number in base 36, so that they are looked up under that tenant's row-level security. */

const largestTenant = 2_147_483_647;
const prefix = /^([0-9a-z]{1,6})$/;

/** `TENANT36.secret` */
export function joinToken(tenant: number, secret: string): string {
  return `${tenant.toString(36)}.${secret}`;
}

function tenantOfPrefix(text: string): number | null {
  if (!prefix.test(text)) return null;
  const tenant = Number.parseInt(text, 36);
  return tenant >= 1 && tenant <= largestTenant && tenant.toString(36) === text ? tenant : null;
}

/** The tenant of a session's or link's token; null when it is not one of ours. */
export function tenantOfToken(token: string): number | null {
  const dot = token.indexOf('.');
  const isToken = dot > 0 && token.length - dot === 44 && /^[\w-]+$/.test(token.slice(dot + 1));
  return isToken ? tenantOfPrefix(token.slice(0, dot)) : null;
}

/** 32 letters and digits without those that are mistaken for each other (i l o u): five bits each. */
export const appPasswordAlphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const blocks = 6;
const blockLength = 5;
/** Letters of an app password's secret part: 150 bits. */
export const appPasswordLetters = blocks * blockLength;

/** `TENANT36-xxxxx-xxxxx-xxxxx-xxxxx-xxxxx-xxxxx`, from random bytes of which each gives five bits. */
export function joinAppPassword(tenant: number, random: Uint8Array): string {
  const letters = Array.from(random.subarray(0, appPasswordLetters), (byte) => appPasswordAlphabet[byte & 31] as string).join('');
  const parts = Array.from({ length: blocks }, (_, index) => letters.slice(index * blockLength, (index + 1) * blockLength));
  return [tenant.toString(36), ...parts].join('-');
}

const appPasswordForm = /^([0-9a-z]{1,6})((?:-[0-9a-hjkmnp-tv-z]{5}){6})$/;

/** The tenant of an app password as somebody typed it, and its one spelling; null when it is not one. */
export function readAppPassword(text: string): { tenant: number; secret: string } | null {
  const secret = text.trim().toLowerCase();
  const tenant = tenantOfPrefix(appPasswordForm.exec(secret)?.[1] ?? '');
  return tenant === null ? null : { tenant, secret };
}
