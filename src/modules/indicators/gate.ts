import { provider } from '#modules/tenants';
import { authorizer } from '#platform/authorize';
import type { Context } from '#platform/context';
import { indicatorPermissions } from './rules.ts';

/** The one gate of this room. */
export const authorize = authorizer(indicatorPermissions);

/** The tenant that sees all municipalities. */
export const stateTenant = provider;

const dayForm = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' });

/** The day in Germany at a moment. */
export const dayAt = (at: Date): string => dayForm.format(at);

/** The month in Germany now. */
export const thisMonth = ({ platform }: Pick<Context, 'platform'>): string => dayAt(platform.clock.now()).slice(0, 7);
