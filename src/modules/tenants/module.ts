import { fileURLToPath } from 'node:url';
import type { Module } from '#platform/module';
import { routes } from './routes.ts';
import { signAuditHeads } from './trail.ts';
import { words } from './words.ts';

export const tenants: Module = {
  name: 'tenants',
  migrations: { room: 'tenants', directory: fileURLToPath(new URL('./migrations', import.meta.url)) },
  words,
  routes,
  jobs: [signAuditHeads],
};
