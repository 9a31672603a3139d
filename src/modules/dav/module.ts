import type { Module } from '#platform/module';
import { routes } from './routes.ts';
import { words } from './words.ts';

/** The plug of the room; read by `house.ts` only. */
export const dav: Module = { name: 'dav', words, routes };
