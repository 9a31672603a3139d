import { fileURLToPath } from 'node:url';
import type { Job } from '#platform/jobs';
import type { Module } from '#platform/module';
import { forgetOld } from './care.ts';
import { keptAmong } from './preview.ts';

/** The plug of the room; read by `house.ts` only. */
export const previews: Module = {
  name: 'previews',
  migrations: { room: 'previews', directory: fileURLToPath(new URL('./migrations', import.meta.url)) },
  jobs: [forgetOld as Job<never>],
  keeps: keptAmong,
};
