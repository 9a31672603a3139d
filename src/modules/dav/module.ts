import type { Routes } from '#platform/http';
import type { Module } from '#platform/module';
import { accessHandlers } from './access.ts';
import { avatarRoutes } from './avatars.ts';
import { deviceRoutes } from './device.ts';
import { directRoutes } from './direct.ts';
import { ocsRoutes } from './ocs/routes.ts';
import { previewRoutes } from './preview.ts';
import { pushRoutes } from './push.ts';
import { routes } from './routes.ts';
import { statusRoutes } from './status.ts';
import { themingRoutes } from './theming.ts';
import { words } from './words.ts';

/** Each in a scope of its own: they read bodies and tell failures in different ways. */
const doors: readonly Routes[] = [
  routes,
  ocsRoutes,
  statusRoutes,
  directRoutes,
  previewRoutes,
  deviceRoutes,
  avatarRoutes,
  themingRoutes,
  pushRoutes,
];

const davRoutes: Routes = async (app, platform) => {
  for (const door of doors) await app.register(async (scope) => door(scope, platform));
};

/** The plug of the room; read by `house.ts` only. */
export const dav: Module = { name: 'dav', words, routes: davRoutes, handlers: accessHandlers };
