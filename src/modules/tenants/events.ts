import { defineEvent } from '#platform/events';

/** There is a new tenant. Told in its own name: handlers run with a context of the new tenant. */
export const tenantCreated = defineEvent<{ tenant: number }>('tenants.tenantCreated');

/** The tenant's people have no access any more. */
export const tenantSuspended = defineEvent<{ tenant: number }>('tenants.tenantSuspended');

/** The tenant's people have access again. */
export const tenantResumed = defineEvent<{ tenant: number }>('tenants.tenantResumed');
