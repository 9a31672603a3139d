import { defineEvent } from '#platform/events';

/** There is a verdict on something that was fetched from a delivery service elsewhere. Told at least once. */
export const arrivalDecided = defineEvent<{ tenant: number; inbox: string }>('delivery.arrivalDecided');
