import { authorizer } from '#platform/authorize';
import { deliveryPermissions } from './rules.ts';

/** The one gate of this room. */
export const authorize = authorizer(deliveryPermissions);

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a text is a UUID in lower case: what is none cannot be the id of anything. */
export const isUuid = (text: unknown): text is string => typeof text === 'string' && uuid.test(text);
