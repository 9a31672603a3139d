import { defineEvent } from '#platform/events';
import type { SubmissionStep } from './rules-status.ts';

/** An application is complete, paid where it had to be, and the office can begin. `submission` is a number of `tenant`. */
export const formSubmitted = defineEvent<{ tenant: number; submission: number; form: string; reference: string }>(
  'forms.formSubmitted',
);

/** Something happened to a submission since: taken, asked back, answered, supplemented, decided, closed, withdrawn. */
export const submissionChanged = defineEvent<{ tenant: number; submission: number; step: SubmissionStep }>(
  'forms.submissionChanged',
);

export type DraftRef = { readonly tenant: number; readonly draft: number };

/** A draft of `tenant` is in the account of a citizen of the state's tenant from now on. */
export const draftOwned = defineEvent<DraftRef & { citizen: number }>('forms.draftOwned');

/** A municipality has begun or ended to take a form. */
export const offerChanged = defineEvent<{ tenant: number; form: string }>('forms.offerChanged');
