import { fileURLToPath } from 'node:url';
import type { Module } from '#platform/module';
import { fold, handlers, keepTally } from './record.ts';
import { routes } from './routes.ts';
import { words } from './words.ts';

export const indicators: Module = {
  name: 'indicators',
  migrations: { room: 'indicators', directory: fileURLToPath(new URL('./migrations', import.meta.url)) },
  words,
  routes,
  handlers,
  jobs: [fold],
  keepsTally: keepTally,
};
