import type { Config } from '@react-router/dev/config';

/**
 * Pages live beside the rooms they belong to, so the framework's application directory is all of `src`.
 * It always builds into `build/pages.new`; `src/web/build.ts` moves the result to where it is used.
 */
export default {
  appDirectory: 'src',
  buildDirectory: 'build/pages.new',
  ssr: true,
  serverBuildFile: 'pages.js',
  // All routes are known to the browser from the start: no extra request, and no list of pages to guess from.
  routeDiscovery: { mode: 'initial' },
} satisfies Config;
