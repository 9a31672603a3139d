import { fileURLToPath } from 'node:url';
import type { Job } from '#platform/jobs';
import type { Module } from '#platform/module';
import { expire } from './care.ts';
import { words } from './words.ts';

export const payments: Module = {
  name: 'payments',
  migrations: { room: 'payments', directory: fileURLToPath(new URL('./migrations', import.meta.url)) },
  words,
  jobs: [expire as Job<never>],
};
