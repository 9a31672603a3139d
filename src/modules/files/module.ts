import { fileURLToPath } from 'node:url';
import type { Job } from '#platform/jobs';
import type { Module } from '#platform/module';
import { careJobs } from './care.ts';
import { whenPrincipalRemoved } from './leaving.ts';
import { names } from './names.ts';
import { operate } from './operation-step.ts';
import { routes } from './routes.ts';
import { words } from './words.ts';

/** The plug of the room; read by `house.ts` only. */
export const files: Module = {
  name: 'files',
  migrations: { room: 'files', directory: fileURLToPath(new URL('./migrations', import.meta.url)) },
  words,
  names,
  routes,
  handlers: [whenPrincipalRemoved],
  jobs: [...careJobs, operate as Job<never>],
};
