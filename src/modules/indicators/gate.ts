import { provider } from '#modules/tenants';
import { authorizer } from '#platform/authorize';
import type { Context } from '#platform/context';
import { dayAt } from '#platform/day';
import { indicatorPermissions } from './rules.ts';

/** The one gate of this room. */
export const authorize = authorizer(indicatorPermissions);

/** The tenant that sees all municipalities. */
export const stateTenant = provider;

/** The month in Germany now. */
export const thisMonth = ({ platform }: Pick<Context, 'platform'>): string => dayAt(platform.clock.now()).slice(0, 7);
