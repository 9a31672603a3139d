import { fileURLToPath } from 'node:url';
import type { Module } from '#platform/module';
import { words } from './words.ts';

/** The plug of the room; read by `house.ts` only. */
export const migration: Module = {
  name: 'migration',
  migrations: { room: 'migration', directory: fileURLToPath(new URL('./migrations', import.meta.url)) },
  words,
};
