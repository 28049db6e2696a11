import { defineConfig, type Options } from 'tsup';

const library = {
  index: 'src/index.ts',
  'testing/index': 'src/testing/index.ts',
  'experiment/index': 'src/experiment/index.ts',
  'report/index': 'src/report/index.ts',
};
const programs = {
  'cli/main': 'src/cli/main.ts',
  'experiment/worker': 'src/experiment/worker.ts',
  'experiment/team-worker': 'src/experiment/team-worker.ts',
};

const common: Options = {
  target: 'node20',
  platform: 'neutral',
  // Dependencies and peers are external by themselves, optional ones are not.
  external: [/^node:/, 'vega', 'vega-lite'],
  splitting: true,
  sourcemap: true,
  clean: false,
};

const modules: Options = { ...common, entry: { ...library, ...programs }, format: ['esm'] };

// The three run at once into one folder: their files end in .js, .cjs and .d.ts or .d.cts, so that none overwrites another's.
const all: Options[] = [
  modules,
  // Shims give CommonJS its import.meta.url. No maps: they would name the machine's folders, and CommonJS has readable code as it is.
  { ...common, entry: library, format: ['cjs'], shims: true, sourcemap: false },
  {
    ...common,
    entry: library,
    format: ['esm', 'cjs'],
    dts: { only: true, compilerOptions: { ignoreDeprecations: '6.0' } },
  },
];

// The programs alone take a tenth of the time: enough for `npm start`.
export default defineConfig(process.env.MEANFIELD_BUILD === 'programs' ? [modules] : all);
