import { defineEvent } from '#platform/events';
import type { Outcome } from './rules.ts';

/** An office is done with a submission, or the applicant has withdrawn it: whoever keeps files can file it. Told at least once. */
export const submissionClosed = defineEvent<{ tenant: number; submission: number; outcome: Outcome }>('intake.submissionClosed');

/** An office asks another one for a statement; told in the tenant that asks, for the tenant `to`. */
export const statementAsked = defineEvent<{ tenant: number; statement: number; to: number }>('intake.statementAsked');

/** It is waited for; told in the tenant that asks. */
export const statementReminded = defineEvent<{ tenant: number; statement: number; to: number }>('intake.statementReminded');

/** It is needed no more, `isOver`: because what it was asked for is done with; told in the tenant that asks. */
export const statementWithdrawn = defineEvent<{ tenant: number; statement: number; to: number; isOver?: boolean }>(
  'intake.statementWithdrawn',
);

/** The office that was asked has answered; told in its own tenant, for the one that asked. */
export const consultationAnswered = defineEvent<{ tenant: number; consultation: number; to: number; statement: number }>(
  'intake.consultationAnswered',
);

/** Which offices of an authority can be asked has changed. */
export const consultedChanged = defineEvent<{ tenant: number }>('intake.consultedChanged');
