import { defineEvent } from '#platform/events';
import type { Obstacle, ScanState } from './rules.ts';

export type ScannedPayload = {
  readonly tenant: number;
  readonly blob: string;
  /** What the caller of `requestScan` called it. */
  readonly reference: string;
  readonly state: Exclude<ScanState, 'waiting'>;
  readonly obstacle: Obstacle | null;
};

/** The scanner has spoken, or could not: told after the first look, and whenever a later one ends differently. */
export const scanned = defineEvent<ScannedPayload>('scanning.scanned');
