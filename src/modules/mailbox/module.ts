import { fileURLToPath } from 'node:url';
import type { Job } from '#platform/jobs';
import type { Module } from '#platform/module';
import { deliverLetter, endProvision, handlers } from './deliver.ts';
import { heldAmong } from './held.ts';
import { routes } from './routes.ts';
import { words } from './words.ts';

/** The plug of the room; read by `house.ts` only. */
export const mailbox: Module = {
  name: 'mailbox',
  migrations: { room: 'mailbox', directory: fileURLToPath(new URL('./migrations', import.meta.url)) },
  words,
  routes,
  handlers,
  jobs: [deliverLetter as Job<never>, endProvision],
  keeps: heldAmong,
};
