import { defineConfig } from 'tsup';

const types = { compilerOptions: { ignoreDeprecations: '6.0' } };

export default defineConfig([
  {
    entry: {
      index: 'src/index.ts',
      'testing/index': 'src/testing/index.ts',
      'experiment/index': 'src/experiment/index.ts',
      'report/index': 'src/report/index.ts',
    },
    format: ['esm', 'cjs'],
    target: 'node20',
    platform: 'neutral',
    external: [/^node:/, 'vega', 'vega-lite'],
    dts: types,
    clean: false,
    splitting: true,
    sourcemap: true,
  },
  {
    entry: { 'cli/main': 'src/cli/main.ts', 'experiment/worker': 'src/experiment/worker.ts' },
    format: ['esm'],
    target: 'node20',
    platform: 'node',
    external: ['vega', 'vega-lite'],
    splitting: true,
    sourcemap: true,
  },
]);
