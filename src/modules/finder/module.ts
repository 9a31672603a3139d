import { fileURLToPath } from 'node:url';
import type { Module } from '#platform/module';
import { api } from './api.ts';
import { remindEditors } from './freshness.ts';
import { sweepMisses } from './miss.ts';
import { project } from './publish.ts';
import { routes } from './routes.ts';
import { words } from './words.ts';

export const finder: Module = {
  name: 'finder',
  migrations: { room: 'finder', directory: fileURLToPath(new URL('./migrations', import.meta.url)) },
  words,
  api,
  routes,
  handlers: [project],
  jobs: [sweepMisses, remindEditors],
};
