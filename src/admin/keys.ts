import * as tenants from '#modules/tenants';
import { OperatorError } from '../house.ts';
import { systemContext } from '../platform/context.ts';
import { fingerprint, keyFile, readMasterKeys, rotateKeyFile } from '../platform/keys.ts';
import { readKeyStatus, renewTenantKey, rewrapKeys } from '../platform/rotation.ts';
import { type Call, type Command, type Outcome, table } from './command.ts';

/** The way for keys that are settings, which only the operator can change. */
const byHand = [
  'The instance key is a setting (RENNSTEIG_KEY); please rotate it in these steps:',
  '1. make a new key: openssl rand -base64 32',
  '2. with several machines: add the new key to RENNSTEIG_OLD_KEYS of each and restart it, so that all know it',
  '3. set RENNSTEIG_KEY to the new key and RENNSTEIG_OLD_KEYS to the old one, on each machine, and restart it',
  '4. “keys status” shows when nothing needs the old key any more. Keep it as long as you keep backups made with it.',
].join('\n');

async function rotateInstance(call: Call): Promise<Outcome> {
  if (call.config.key !== null) throw new OperatorError(byHand);
  await rotateKeyFile(call.config.data);
  const master = await readMasterKeys(call.config);
  const print = fingerprint(master.current);
  const file = keyFile(call.config.data);
  if (call.visit.isRunning) {
    const text = `${file} has the new key ${print} in its first line. It comes into force with the next start of the instance.`;
    return { text, json: { ok: true, key: print, isInForce: false } };
  }
  const count = await rewrapKeys(call.visit.owner, master);
  const text = `${file} has the new key ${print} in its first line; ${count} keys were wrapped anew. Backups made before need the older lines.`;
  return { text, json: { ok: true, key: print, isInForce: true, rewrapped: count } };
}

async function rotateTenant(call: Call): Promise<Outcome> {
  const { tenant, slug } = await tenants.getBySlug(call.house, call.args[0] ?? '');
  const id = await renewTenantKey(systemContext(call.platform, tenant, 'admin'));
  const text = `${slug} has the new key ${id}. New files use it within a minute; the instance wraps the stored ones anew in the background.`;
  return { text, json: { ok: true, tenant, key: id } };
}

async function status(call: Call): Promise<Outcome> {
  const { current, earlier } = await readMasterKeys(call.config);
  const found = await readKeyStatus(call.visit.owner);
  const [now, ...before] = [current, ...earlier].map(fingerprint);
  const inUse = [...new Set([found.root, ...found.tenants.flatMap(({ by }) => by)])];
  const idle = before.filter((print) => !inUse.includes(print));
  const rows = found.tenants.map(({ tenant, newest, since, by }) => {
    const state = found.underWay.includes(tenant) ? 'blobs are being wrapped anew' : '';
    return [String(tenant), String(newest), since.toISOString().slice(0, 10), by.join(','), state];
  });
  const lines = [
    `Instance key: ${now}; earlier ones: ${before.join(', ') || 'none'}.`,
    inUse.every((print) => print === now)
      ? 'Everything is wrapped by it.'
      : 'Not everything is wrapped by it yet; the next start does that.',
    ...(idle.length > 0 ? [`Only backups still need: ${idle.join(', ')}.`] : []),
    table([['tenant', 'key', 'since', 'wrapped by', ''], ...rows]),
  ];
  return {
    text: lines.join('\n'),
    json: { ok: true, key: now, earlier: before, inUse, tenants: found.tenants, underWay: found.underWay },
  };
}

/** Keys and their rotation. */
export const keyCommands: readonly Command[] = [
  { name: 'keys status', takes: [], meaning: 'shows which keys are in use, by fingerprint', run: status },
  {
    name: 'keys rotate-instance',
    takes: [],
    meaning: 'makes a new instance key; what the old one wraps is wrapped anew at the next start',
    run: rotateInstance,
  },
  {
    name: 'keys rotate-tenant',
    takes: ['SLUG'],
    meaning: 'gives a tenant a new key; its stored files are wrapped anew in the background',
    run: rotateTenant,
  },
];
