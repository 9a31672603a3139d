import { fileURLToPath } from 'node:url';
import type { Module } from '#platform/module';
import { remindOfDue } from './care.ts';
import { bringing, heldAmong } from './consultation.ts';
import { followConsulted } from './consulted.ts';
import { routes } from './routes.ts';
import { keepUp, takeIn } from './tray.ts';
import { words } from './words.ts';

export const intake: Module = {
  name: 'intake',
  migrations: { room: 'intake', directory: fileURLToPath(new URL('./migrations', import.meta.url)) },
  words,
  routes,
  handlers: [takeIn, keepUp, followConsulted, ...bringing],
  jobs: [remindOfDue],
  keeps: heldAmong,
};
