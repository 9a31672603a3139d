import { defineEvent } from '#platform/events';

/** These people have a notice more or less than before. */
export const noticesChanged = defineEvent<{ tenant: number; accounts: readonly number[] }>('notifications.noticesChanged');
