import { globSync, readFileSync } from 'node:fs';
import { reactRouter } from '@react-router/dev/vite';
import { defineConfig, type UserConfig } from 'vite';

type Postcss = Exclude<NonNullable<NonNullable<UserConfig['css']>['postcss']>, string>;
type PostcssPlugin = NonNullable<Postcss['plugins']>[number];

/** Every KERN class our own sources mention. */
function usedKernClasses(): ReadonlySet<string> {
  const files = globSync(['src/**/*.tsx', 'src/**/*.css']);
  return new Set(files.flatMap((path) => readFileSync(path, 'utf8').match(/kern-[\w-]+/g) ?? []));
}

/**
 * KERN's style sheet is 340 KB, nearly all of it utility classes for every break point. Rules that need a KERN class nobody
 * mentions are left out; tokens and element rules stay.
 */
function onlyUsedKernClasses(): PostcssPlugin {
  const used = usedKernClasses();
  // What stands in brackets is one of several ways to match, or must not match: it does not make the rule useless.
  const isUsed = (selector: string) =>
    (selector.replace(/:(not|is|where)\([^)]*\)/g, '').match(/\.kern-[\w-]+/g) ?? []).every((name) => used.has(name.slice(1)));
  return {
    postcssPlugin: 'only-used-kern-classes',
    Rule(rule) {
      const { file } = rule.source?.input ?? {};
      if (!file?.includes('@kern-ux')) return;
      const kept = rule.selectors.filter(isUsed);
      if (kept.length === 0) rule.remove();
      else if (kept.length < rule.selectors.length) rule.selectors = kept;
    },
  };
}

export default defineConfig({
  plugins: [reactRouter()],
  publicDir: false,
  css: { postcss: { plugins: [onlyUsedKernClasses()] } },
  define: { 'process.env.NODE_ENV': JSON.stringify('production') },
  // A file of its own for every asset: `data:` addresses would have to be allowed for fonts, and could not be cached.
  build: { assetsInlineLimit: 0, target: 'es2023' },
  environments: {
    // One self-contained server file: it starts faster and needs less memory than hundreds of small modules.
    ssr: {
      resolve: { noExternal: true },
      build: { rolldownOptions: { input: './src/web/answer.ts' }, minify: true },
    },
  },
});
