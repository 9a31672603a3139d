import { fileURLToPath } from 'node:url';
import type { Job } from '#platform/jobs';
import type { Module } from '#platform/module';
import { ask, askAll } from './ask.ts';
import { expire } from './care.ts';
import { remind } from './invoice.ts';
import { sendRefund } from './refund.ts';
import { routes } from './routes.ts';
import { words } from './words.ts';

export const payments: Module = {
  name: 'payments',
  migrations: { room: 'payments', directory: fileURLToPath(new URL('./migrations', import.meta.url)) },
  words,
  routes,
  jobs: [ask as Job<never>, expire as Job<never>, remind as Job<never>, sendRefund as Job<never>, askAll],
};
