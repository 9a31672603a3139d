import type { Routes } from '#platform/http';
import type { Module } from '#platform/module';
import { accessHandlers } from './access.ts';
import { pushRoutes } from './push.ts';
import { routes } from './routes.ts';
import { words } from './words.ts';

const davRoutes: Routes = async (app, platform) => {
  await routes(app, platform);
  await pushRoutes(app, platform);
};

/** The plug of the room; read by `house.ts` only. */
export const dav: Module = { name: 'dav', words, routes: davRoutes, handlers: accessHandlers };
