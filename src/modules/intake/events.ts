import { defineEvent } from '#platform/events';
import type { Outcome } from './rules.ts';

/** An office is done with a submission, or the applicant has withdrawn it: whoever keeps files can file it. Told at least once. */
export const submissionClosed = defineEvent<{ tenant: number; submission: number; outcome: Outcome }>('intake.submissionClosed');
