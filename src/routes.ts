import { index, layout, type RouteConfig, route } from '@react-router/dev/routes';

/** Every page of the house and its address. Addresses are German: people read them, and read them out to each other. */
export default [
  index('web/home.tsx'),
  route('ansicht', 'web/preferences.tsx'),
  layout('web/portal.tsx', [route('*', 'web/missing.tsx')]),
] satisfies RouteConfig;
