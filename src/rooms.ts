import * as accounts from './modules/accounts/index.ts';
import * as delivery from './modules/delivery/index.ts';
import * as files from './modules/files/index.ts';
import * as finder from './modules/finder/index.ts';
import * as forms from './modules/forms/index.ts';
import * as indicators from './modules/indicators/index.ts';
import * as intake from './modules/intake/index.ts';
import * as mailbox from './modules/mailbox/index.ts';
import * as notifications from './modules/notifications/index.ts';
import * as payments from './modules/payments/index.ts';
import * as tenants from './modules/tenants/index.ts';
import type { Rooms } from './web/context.ts';

/** The doors of the rooms, as pages get them with every request. */
export const rooms: Rooms = {
  accounts,
  delivery,
  files,
  finder,
  forms,
  indicators,
  intake,
  mailbox,
  notifications,
  payments,
  tenants,
};
