import {
  argon2 as argon2Callback,
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { promisify } from 'node:util';
import { Failure } from './errors.ts';

const argon2 = promisify(argon2Callback);

/** 256 random bits as 43 characters that need no escaping in a URL, a header or a form. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

export function sha256(data: string | Uint8Array): Buffer {
  return createHash('sha256').update(data).digest();
}

export function hmac(key: Uint8Array, data: string | Uint8Array): Buffer {
  return createHmac('sha256', key).update(data).digest();
}

/** Compares secrets without telling by its duration where they differ. */
export function isSameSecret(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

const nonceBytes = 12;
const tagBytes = 16;

/** Encrypts a small secret (a key) with another key: nonce ‖ ciphertext ‖ tag, AES-256-GCM; `label` binds it to its place. */
export function wrapKey(wrapping: Uint8Array, key: Uint8Array, label: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', wrapping, nonce).setAAD(Buffer.from(label));
  const sealed = Buffer.concat([cipher.update(key), cipher.final()]);
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]);
}

/** Opens what {@link wrapKey} made. Throws `damaged` when the wrapping key or the label is another one. */
export function unwrapKey(wrapping: Uint8Array, wrapped: Uint8Array, label: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', wrapping, wrapped.subarray(0, nonceBytes)).setAAD(Buffer.from(label));
  decipher.setAuthTag(wrapped.subarray(wrapped.length - tagBytes));
  try {
    return Buffer.concat([decipher.update(wrapped.subarray(nonceBytes, wrapped.length - tagBytes)), decipher.final()]);
  } catch (cause) {
    throw new Failure('damaged', 'platform.damaged', {}, cause);
  }
}

// OWASP's first recommendation for Argon2id at the time of writing (19 MiB, 2 passes, 1 lane): about 25 ms here.
type PasswordCost = { memory: number; passes: number; parallelism: number };
const passwordCost: PasswordCost = { memory: 19_456, passes: 2, parallelism: 1 };
export const longestPassword = 200;

// Argon2 takes 19 MiB each: a rush of sign-ins must not take the machine's memory.
const mostAtOnce = 4;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= mostAtOnce) await new Promise<void>((go) => waiting.push(go));
  running += 1;
  try {
    return await work();
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

function derive(password: string, nonce: Uint8Array, cost: PasswordCost): Promise<Buffer> {
  const message = Buffer.from(password.normalize('NFKC'));
  return inTurn(() => argon2('argon2id', { message, nonce, tagLength: 32, ...cost }));
}

/** Argon2id, as `argon2id$m$t$p$salt$hash`. The caller has checked the length ({@link longestPassword}). */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, passwordCost);
  const { memory, passes, parallelism } = passwordCost;
  return ['argon2id', memory, passes, parallelism, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

// Checked against when there is no such account, so that a wrong address takes as long as a wrong password.
const nobody = `argon2id$19456$2$1$${Buffer.alloc(16).toString('base64url')}$${Buffer.alloc(32).toString('base64url')}`;

/** True when the password is the one that was hashed. Without a hash (no such account) it costs the same and is false. */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  if (password.length > longestPassword) return false;
  const [, memory, passes, parallelism, salt = '', hash = ''] = (stored ?? nobody).split('$');
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  const found = await derive(password, Buffer.from(salt, 'base64url'), cost);
  return isSameSecret(found, Buffer.from(hash, 'base64url')) && stored !== null;
}
