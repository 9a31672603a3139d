import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve, sep } from 'node:path';
import { type IdentityConfig, readIdentity } from './config-identity.ts';
import { OperatorError } from './platform/errors.ts';
import { type SettingDefinition, settings } from './settings.ts';

/** Everything an operator can decide, checked and frozen. Rooms get the part they need; nobody else reads the environment. */
export type Config = {
  readonly host: string;
  readonly port: number;
  /** Absolute path of the data directory. */
  readonly data: string;
  /** Address people use, without a trailing slash; links in mails start with it. */
  readonly url: string;
  readonly workers: number;
  /** Started by `npm start`, and to end with it. */
  readonly underNpm: boolean;
  /** At the start: asks to fill an empty instance. In `Platform.config`: this instance is a demonstration. */
  readonly demo: boolean;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Networks whose `X-Forwarded-*` headers are believed. */
  readonly trustedProxies: readonly string[];
  /** External PostgreSQL; null starts the embedded one in the data directory. */
  readonly databaseUrl: string | null;
  /** Login of the powerless role, when the operator keeps it apart from the owner's. */
  readonly databaseAppUrl: string | null;
  readonly s3: S3Config | null;
  /** The instance's master key and its earlier ones, 32 bytes each; null means: kept in a file of the data directory. */
  readonly key: Uint8Array | null;
  readonly oldKeys: readonly Uint8Array[];
  /** Where the continuous backup lies, and for how many days every second of it is kept; null: there is none. */
  readonly backup: { readonly directory: string; readonly days: number } | null;
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  /** Where ClamAV's clamd listens; null: there is none. */
  readonly clamd: { readonly path: string } | { readonly host: string; readonly port: number } | null;
  /** What people without an account may have lying with one municipality in applications they have not sent: so many, and bytes of files. */
  readonly anonymousDrafts: number;
  readonly anonymousBytes: number;
  /** Hosts of payment services that may lie in the own network. */
  readonly paymentHosts: readonly string[];
  /** The state identity citizens can sign in with; null: there is none. */
  readonly identity: IdentityConfig | null;
  /** Who shows it may read the figures; null: only this machine may, as long as nothing stands before us. */
  readonly metricsToken: string | null;
  /** Hosts of delivery services that may lie in the own network. */
  readonly deliveryHosts: readonly string[];
  /** Largest single file in bytes. */
  readonly maxFileBytes: number;
};

export type S3Config = {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
};

type Raw = ReadonlyMap<string, string>;

/** Flags win over the environment, the environment over the file named by `--config`. */
function collect(argv: readonly string[], env: NodeJS.ProcessEnv): Raw {
  const flags = readFlags(argv);
  const file = flags.get('RENNSTEIG_CONFIG') ?? env.RENNSTEIG_CONFIG;
  const raw = new Map(file ? readFile(file) : []);
  for (const { name } of settings) {
    const fromEnvironment = secretFile(env, name) ?? env[name];
    if (fromEnvironment !== undefined && fromEnvironment !== '') raw.set(name, fromEnvironment);
  }
  for (const [name, value] of flags) raw.set(name, value);
  return raw;
}

/** `NAME_FILE` names a file that holds the value: how containers hand over secrets. */
function secretFile(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const path = env[`${name}_FILE`];
  if (!path) return undefined;
  if (env[name]) throw new OperatorError(`${name} and ${name}_FILE are both set; please keep one of them.`);
  return readText(path, `${name}_FILE`).trim();
}

function readText(path: string, setting: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new OperatorError(`${setting} names the file ${path}, which cannot be read.`);
  }
}

function readFlags(argv: readonly string[]): Map<string, string> {
  const flags = new Map<string, string>();
  for (let index = 0; index < argv.length; index += 1) {
    const [flag = '', inline] = (argv[index] ?? '').split(/=(.*)/s);
    const setting = settings.find((candidate) => candidate.flag === flag);
    if (!setting) throw new OperatorError(`${flag || 'An empty argument'} is not an option; these are: ${knownFlags()}.`);
    if (setting.kind === 'switch') flags.set(setting.name, inline ?? 'true');
    else {
      const value = inline ?? argv[++index];
      if (value === undefined) throw new OperatorError(`${flag} needs a value.`);
      flags.set(setting.name, value);
    }
  }
  return flags;
}

const knownFlags = () => settings.flatMap((setting) => setting.flag ?? []).join(', ');

/** Lines `NAME=value`; empty lines and lines that start with # are passed over. */
function readFile(path: string): [string, string][] {
  const lines = readText(path, 'RENNSTEIG_CONFIG').split('\n');
  return lines.flatMap((line, index): [string, string][] => {
    const text = line.trim();
    if (text === '' || text.startsWith('#')) return [];
    const [, name = '', value = ''] = /^([A-Z0-9_]+)\s*=\s*(.*)$/.exec(text) ?? [];
    if (!settings.some((setting) => setting.name === name)) {
      throw new OperatorError(`Line ${index + 1} of ${path} does not set anything we know.`);
    }
    return [[name, value]];
  });
}

function wholeNumber(raw: Raw, name: string, fallback: number, [from, to]: readonly [number, number]): number {
  const text = raw.get(name);
  if (text === undefined) return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < from || value > to) {
    throw new OperatorError(`${name} must be a whole number from ${from} to ${to}, not "${text}".`);
  }
  return value;
}

/** Host names, separated by commas. */
const hosts = (raw: Raw, name: string): string[] =>
  (raw.get(name) ?? '').split(',').flatMap((host) => host.trim().toLowerCase() || []);

function yesOrNo(raw: Raw, name: string): boolean {
  const text = (raw.get(name) ?? 'false').toLowerCase();
  if (['true', '1', 'yes', 'ja'].includes(text)) return true;
  if (['false', '0', 'no', 'nein'].includes(text)) return false;
  throw new OperatorError(`${name} must be true or false, not "${text}".`);
}

function oneOf<T extends string>(raw: Raw, name: string, allowed: readonly T[], fallback: T): T {
  const text = raw.get(name) ?? fallback;
  const found = allowed.find((value) => value === text);
  if (!found) throw new OperatorError(`${name} must be one of ${allowed.join(', ')}, not "${text}".`);
  return found;
}

function webAddress(raw: Raw, name: string, schemes: readonly string[]): string | null {
  const text = raw.get(name);
  if (text === undefined) return null;
  if (!URL.canParse(text) || !schemes.includes(new URL(text).protocol)) {
    throw new OperatorError(`${name} must be an address that starts with ${schemes.join(' or ')}//.`);
  }
  return text.replace(/\/+$/, '');
}

/** `unix:/path` or `tcp://host:port`. */
function readClamd(raw: Raw): Config['clamd'] {
  const text = raw.get('RENNSTEIG_CLAMD');
  if (text === undefined) return null;
  const [, path] = /^unix:(?:\/\/)?(\/.+)$/.exec(text) ?? [];
  if (path) return { path };
  const address = URL.canParse(text) ? new URL(text) : null;
  if (address?.protocol !== 'tcp:' || address.hostname === '' || address.port === '') {
    throw new OperatorError('RENNSTEIG_CLAMD must be unix:/path/of/the/socket or tcp://host:port.');
  }
  return { host: address.hostname.replace(/^\[(.*)\]$/, '$1'), port: Number(address.port) };
}

function masterKey(text: string, name: string): Uint8Array {
  const key = Buffer.from(text, 'base64');
  if (key.length !== 32) throw new OperatorError(`${name} must be 32 bytes in Base64 (make one with: openssl rand -base64 32).`);
  return key;
}

const shortestToken = 16;

function readMetricsToken(raw: Raw): string | null {
  const token = raw.get('RENNSTEIG_METRICS_TOKEN') ?? null;
  if (token !== null && !new RegExp(`^[\\x21-\\x7e]{${shortestToken},}$`).test(token))
    throw new OperatorError(
      `RENNSTEIG_METRICS_TOKEN must have ${shortestToken} characters or more, without spaces (make one with: openssl rand -hex 24).`,
    );
  return token;
}

function readBackup(raw: Raw, data: string): Config['backup'] {
  const text = raw.get('RENNSTEIG_BACKUP');
  const days = wholeNumber(raw, 'RENNSTEIG_BACKUP_DAYS', 7, [1, 366]);
  if (text === undefined) return null;
  const directory = resolve(text);
  if (`${directory}${sep}`.startsWith(`${data}${sep}`))
    throw new OperatorError('RENNSTEIG_BACKUP must not lie in the data directory; please choose another disk or machine.');
  return { directory, days };
}

function readS3(raw: Raw): S3Config | null {
  const names = ['ENDPOINT', 'BUCKET', 'ACCESS_KEY_ID', 'SECRET_ACCESS_KEY'].map((part) => `RENNSTEIG_S3_${part}`);
  const missing = names.filter((name) => !raw.has(name));
  if (missing.length === names.length) return null;
  if (missing.length > 0) throw new OperatorError(`For S3 these settings are missing: ${missing.join(', ')}.`);
  const [, bucket = '', accessKeyId = '', secretAccessKey = ''] = names.map((name) => raw.get(name) ?? '');
  const endpoint = webAddress(raw, 'RENNSTEIG_S3_ENDPOINT', ['http:', 'https:']) ?? '';
  return { endpoint, bucket, accessKeyId, secretAccessKey, region: raw.get('RENNSTEIG_S3_REGION') ?? 'us-east-1' };
}

/**
 * Reads the settings. Throws {@link OperatorError} with one sentence when one is wrong or two contradict each other.
 * @param argv the programme's own arguments, without node and script
 */
export function readConfig(argv: readonly string[], env: NodeJS.ProcessEnv = process.env): Config {
  const raw = collect(argv, env);
  const host = raw.get('RENNSTEIG_HOST') ?? '127.0.0.1';
  const port = wholeNumber(raw, 'RENNSTEIG_PORT', 8080, [0, 65_535]);
  const key = raw.get('RENNSTEIG_KEY');
  const databaseUrl = webAddress(raw, 'DATABASE_URL', ['postgres:', 'postgresql:']);
  const databaseAppUrl = webAddress(raw, 'RENNSTEIG_DATABASE_APP_URL', ['postgres:', 'postgresql:']);
  if (databaseAppUrl && !databaseUrl) {
    throw new OperatorError('RENNSTEIG_DATABASE_APP_URL is set without DATABASE_URL; please set both or neither.');
  }
  const data = resolve(raw.get('RENNSTEIG_DATA') ?? 'data');
  return Object.freeze({
    host,
    port,
    data,
    backup: readBackup(raw, data),
    url: webAddress(raw, 'RENNSTEIG_URL', ['http:', 'https:']) ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    workers: wholeNumber(raw, 'RENNSTEIG_WORKERS', availableParallelism(), [1, 64]),
    underNpm: env.npm_lifecycle_event !== undefined,
    demo: yesOrNo(raw, 'RENNSTEIG_DEMO'),
    logLevel: oneOf(raw, 'RENNSTEIG_LOG', ['debug', 'info', 'warn', 'error', 'silent'], 'info'),
    trustedProxies: (raw.get('RENNSTEIG_TRUSTED_PROXIES') ?? '').split(',').filter((part) => part !== ''),
    databaseUrl,
    databaseAppUrl,
    s3: readS3(raw),
    key: key ? masterKey(key, 'RENNSTEIG_KEY') : null,
    oldKeys: (raw.get('RENNSTEIG_OLD_KEYS') ?? '')
      .split(',')
      .flatMap((text) => (text ? [masterKey(text, 'RENNSTEIG_OLD_KEYS')] : [])),
    smtpUrl: webAddress(raw, 'RENNSTEIG_SMTP_URL', ['smtp:', 'smtps:']),
    mailFrom: raw.get('RENNSTEIG_MAIL_FROM') ?? 'Rennsteig <noreply@localhost>',
    clamd: readClamd(raw),
    anonymousDrafts: wholeNumber(raw, 'RENNSTEIG_ANONYMOUS_DRAFTS', 50_000, [1, 10_000_000]),
    anonymousBytes: wholeNumber(raw, 'RENNSTEIG_ANONYMOUS_BYTES', 20_000_000_000, [1, 2 ** 50]),
    paymentHosts: hosts(raw, 'RENNSTEIG_PAYMENT_HOSTS'),
    deliveryHosts: hosts(raw, 'RENNSTEIG_DELIVERY_HOSTS'),
    identity: readIdentity(raw),
    metricsToken: readMetricsToken(raw),
    maxFileBytes: wholeNumber(raw, 'RENNSTEIG_MAX_FILE_BYTES', 100 * 2 ** 30, [1, 2 ** 42]),
  });
}

/** The text of the configuration reference, generated so that it cannot go stale. */
export function describeSettings(): string {
  const row = (setting: SettingDefinition) =>
    `| \`${setting.name}\` | ${setting.flag ? `\`${setting.flag}\`` : ''} | ${setting.fallback} | ${setting.meaning} |`;
  return ['| setting | flag | default | meaning |', '| --- | --- | --- | --- |', ...settings.map(row)].join('\n');
}
