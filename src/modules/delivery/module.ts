import { fileURLToPath } from 'node:url';
import type { Job } from '#platform/jobs';
import type { Module } from '#platform/module';
import { callback } from './callback.ts';
import { forget, keptAmong } from './care.ts';
import { deliver } from './deliver.ts';
import { fetchDue, fetchJob, tellThem } from './fetch.ts';
import { handOn, keepUp } from './hand.ts';
import { keyCare } from './key-ring.ts';
import { receive } from './receive.ts';
import { routes } from './routes.ts';
import { unfetchedCare } from './unfetched.ts';
import { words } from './words.ts';

export const delivery: Module = {
  name: 'delivery',
  migrations: { room: 'delivery', directory: fileURLToPath(new URL('./migrations', import.meta.url)) },
  words,
  routes,
  keeps: keptAmong,
  handlers: [handOn, keepUp, tellThem],
  jobs: [
    deliver as Job<never>,
    receive as Job<never>,
    callback as Job<never>,
    fetchJob as Job<never>,
    fetchDue,
    forget,
    keyCare,
    unfetchedCare,
  ],
};
