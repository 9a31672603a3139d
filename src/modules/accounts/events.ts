import { defineEvent } from '#platform/events';

/** There is a new person, invited or already active. */
export const accountCreated = defineEvent<{ tenant: number; account: number }>('accounts.accountCreated');

/** A person has no access any more. */
export const accountDisabled = defineEvent<{ tenant: number; account: number }>('accounts.accountDisabled');

/** A person who was disabled has access again. */
export const accountEnabled = defineEvent<{ tenant: number; account: number }>('accounts.accountEnabled');

/** These people's groups or units are other ones than before: what they may see may have changed. */
export const groupsChanged = defineEvent<{ tenant: number; accounts: readonly number[] }>('accounts.groupsChanged');

/** A group or unit is gone; what was granted to it goes too. `by`: the administrator who removed it, if it was one. */
export const principalRemoved = defineEvent<{ tenant: number; principal: number; by: number | null }>(
  'accounts.principalRemoved',
);

/** A citizen has deleted their account of the portal; whatever is kept for it goes too. Told in the state's tenant. */
export const citizenRemoved = defineEvent<{ citizen: number }>('accounts.citizenRemoved');

/** Sessions or app passwords of a person were ended: whoever is connected with one of them has to go. */
export const credentialsRevoked = defineEvent<{ tenant: number; account: number }>('accounts.credentialsRevoked');

/** Somebody has signed in with a kind of device they never used before; not told of the very first one. */
export const newDeviceUsed = defineEvent<{ tenant: number; account: number; session: number; device: string; network: string }>(
  'accounts.newDeviceUsed',
);

/** An administrator wants a person's device wiped: it has no access any more. `by`: their name. */
export const deviceWipeOrdered = defineEvent<{ tenant: number; account: number; id: number; device: string; by: string }>(
  'accounts.deviceWipeOrdered',
);
