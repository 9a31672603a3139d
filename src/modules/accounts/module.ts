import { fileURLToPath } from 'node:url';
import type { Job } from '#platform/jobs';
import type { Module } from '#platform/module';
import { sweepIdentities } from './citizen-identity.ts';
import { sweepCitizens } from './citizen-session.ts';
import { sweep } from './identify.ts';
import { sendReset } from './person.ts';
import { routes } from './routes.ts';
import { words } from './words.ts';

export const accounts: Module = {
  name: 'accounts',
  migrations: { room: 'accounts', directory: fileURLToPath(new URL('./migrations', import.meta.url)) },
  words,
  routes,
  jobs: [sweep, sweepCitizens, sweepIdentities, sendReset as Job<never>],
};
