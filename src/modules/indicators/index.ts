/**
 * Indicators: how the online services are used, without anybody being watched. Modelled on DIN SPEC 66336 (2025-04), 5.12.
 *
 * Keeps: for each authority, day and service how often something happened (visited, begun, sent, paid, decided, …), with the sum of
 * the processing times and of the ratings; the state's tenant has a copy of each. What people wrote, with month and service only.
 *
 * Promises: counting never fails a request and never makes one wait; what is told twice counts once. Page views are counted in memory
 * and may be lost when a process is killed; what was sent, paid and decided is heard as news and is not. Numbers of people are
 * rounded, and fewer than five are not told apart, in every table, chart and download.
 *
 * Never: keeps an address, a cookie, a name, a moment or the number of an application once it has been added up; leads from a rating
 * to a text or from either to an application.
 */
export { type FeedbackInput, type FeedbackView, giveFeedback, lookAtFeedback } from './feedback.ts';
export {
  getIndicators,
  type IndicatorQuery,
  type Indicators,
  listRemarks,
  type Named,
  removeRemark,
} from './look.ts';
export { bringAlong, type PastNumber } from './record.ts';
export { type Measure, measures, type Shown } from './rules.ts';
