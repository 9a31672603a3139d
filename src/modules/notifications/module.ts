import { fileURLToPath } from 'node:url';
import type { Job } from '#platform/jobs';
import type { Module } from '#platform/module';
import { forgetOld, handlers } from './care.ts';
import { routes } from './routes.ts';
import { sealHandlers } from './seal-end.ts';
import { words } from './words.ts';

/** The plug of the room; read by `house.ts` only. */
export const notifications: Module = {
  name: 'notifications',
  migrations: { room: 'notifications', directory: fileURLToPath(new URL('./migrations', import.meta.url)) },
  words,
  routes,
  handlers: [...handlers, ...sealHandlers],
  jobs: [forgetOld as Job<never>],
};
