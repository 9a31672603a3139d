import type { Definition } from '../rules-definition.ts';
import { building } from './building.ts';
import { dog } from './dog.ts';
import { event } from './event.ts';
import { ownRecord } from './own-record.ts';
import { parking } from './parking.ts';
import { passport } from './passport.ts';
import { trade } from './trade.ts';

/** The forms every instance begins with. */
export const definitions: readonly Definition[] = [dog, parking, trade, building, passport, event, ownRecord];
