import { fileURLToPath } from 'node:url';
import type { Module } from '#platform/module';
import { watchSeals } from './bring.ts';
import { watchEnds } from './end.ts';
import { words } from './words.ts';

/** The plug of the room; read by `house.ts` only. */
export const signing: Module = {
  name: 'signing',
  migrations: { room: 'signing', directory: fileURLToPath(new URL('./migrations', import.meta.url)) },
  words,
  jobs: [watchEnds],
  figures: watchSeals,
};
