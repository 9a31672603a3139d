import { fileURLToPath } from 'node:url';
import type { Job } from '#platform/jobs';
import type { Module } from '#platform/module';
import { scanAgain, tryAgain } from './care.ts';
import { handedInAmong } from './readable.ts';
import { scanBlob } from './scan.ts';
import { scannerCheck } from './scanner.ts';
import { words } from './words.ts';

/** The plug of the room; read by `house.ts` only. */
export const scanning: Module = {
  name: 'scanning',
  migrations: { room: 'scanning', directory: fileURLToPath(new URL('./migrations', import.meta.url)) },
  words,
  jobs: [scanBlob as Job<never>, tryAgain as Job<never>, scanAgain as Job<never>],
  checks: [scannerCheck],
  keeps: handedInAmong,
};
