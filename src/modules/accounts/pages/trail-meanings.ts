/** What a detail is called, by its name in the texts, and as what its value is said: as a role, a size, somebody’s number. */
export type Meaning = { readonly label: string; readonly as: string };

type Entry = { readonly action: string; readonly details: Readonly<Record<string, unknown>> };

/** Details that mean something else in one action, or in all of one room: label and value. */
const meanings: Readonly<Record<string, Readonly<Record<string, readonly [label: string, as: string]>>>> = {
  'accounts.setRoles': { from: ['from', 'roles'], to: ['to', 'roles'] },
  'accounts.moveToUnit': { from: ['from', 'unit'], to: ['to', 'unit'] },
  'accounts.moveUnit': { from: ['from', 'unit'], to: ['to', 'unit'] },
  'accounts.createUnit': { parent: ['parent', 'unit'] },
  'files.handOver': { from: ['giver', 'account'], to: ['taker', 'account'] },
  'files.move': { from: ['giver', 'node'], to: ['taker', 'node'] },
  'files.copy': { from: ['giver', 'node'], to: ['taker', 'node'] },
  'mailbox.provide': { sender: ['sender', 'tenant'] },
  'forms.arrive': { from: ['giver', 'giver'] },
  'intake.setDeputy': { from: ['since', 'since'] },
  'intake.': { from: ['giver', 'tenant'], to: ['taker', 'tenant'] },
  'finder.': { to: ['state', 'state'] },
  'finder.importRegister': { changed: ['entries', 'entries'] },
  'tenants.': { parent: ['parent', 'tenant'] },
};

/** What a detail of an entry means. The values of a policy are said as the policy’s own. */
export function meaningOf({ action, details }: Entry, name: string): Meaning {
  const known = meanings[action]?.[name] ?? meanings[`${action.split('.', 1)[0]}.`]?.[name];
  if (known) return { label: known[0], as: known[1] };
  const isDecision = action === 'tenants.setPolicy' && (name === 'from' || name === 'to');
  return { label: name, as: isDecision ? String(details.policy) : name };
}

/** Values that are the number of something: its kind. `principal`: a person, a group or a unit, which are numbered together. */
export const numbered: Readonly<Record<string, 'principal' | 'space' | 'tenant' | 'submission' | 'node'>> = {
  account: 'principal',
  principal: 'principal',
  author: 'principal',
  member: 'principal',
  deputy: 'principal',
  clerk: 'principal',
  unit: 'principal',
  works: 'principal',
  office: 'principal',
  offices: 'principal',
  space: 'space',
  tenant: 'tenant',
  submission: 'submission',
  node: 'node',
  folder: 'node',
};
