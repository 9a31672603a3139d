import { fileURLToPath } from 'node:url';
import type { Job } from '#platform/jobs';
import type { Module } from '#platform/module';
import { leaveOwn, noteOwn } from './account.ts';
import { noteScan } from './attachment.ts';
import { keptAmong, sweepDrafts, sweepUploads } from './care.ts';
import { followApprovals } from './edit-publish.ts';
import { sweepTrials } from './edit-trial.ts';
import { tellFee, tellRefund } from './fee-news.ts';
import { names } from './names.ts';
import { followOffers } from './offer.ts';
import { makeReceipt } from './receipt.ts';
import { routes } from './routes.ts';
import { settleFee } from './submit.ts';
import { words } from './words.ts';

export const forms: Module = {
  name: 'forms',
  migrations: { room: 'forms', directory: fileURLToPath(new URL('./migrations', import.meta.url)) },
  words,
  names,
  routes,
  keeps: keptAmong,
  handlers: [noteOwn, leaveOwn, followApprovals, followOffers, noteScan, settleFee, tellFee, tellRefund],
  jobs: [makeReceipt as Job<never>, sweepDrafts, sweepTrials, sweepUploads],
};
