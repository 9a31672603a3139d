import { defineEvent } from '#platform/events';
import type { WarningDays } from './rules-end.ts';

/** The certificate of a seal that was brought ends on a day (ISO), in at most so many days; 0: it has ended. Told once for each. */
export const sealEnds = defineEvent<{ tenant: number; seal: number; days: WarningDays; on: string }>('signing.sealEnds');
