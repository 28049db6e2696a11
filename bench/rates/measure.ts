import { version } from '../../src/base/version.ts';
import { PHASE_IDS } from '../../src/dropout/index.ts';
import { runExperiment } from './experiment.ts';
import { type Budget, planOf } from './plans.ts';
import type { Pool } from './pool.ts';
import type { ExperimentResult, Results, VariantResult } from './results.ts';
import { ROWS, TASKS, taskId } from './tasks.ts';
import { runVariants } from './variants.ts';

/** The plans were chosen on runs with this seed. */
export const PILOT_SEED = 1;
/** What is published has this one, used once the plans were fixed. */
export const PUBLISHED_SEED = 20261127;

export interface MeasureOptions {
  readonly budget: Budget;
  readonly seed: number;
  readonly threads: number;
  readonly pool: Pool;
  /** Which experiments, by names such as `tanh-squared poisson-jump`. */
  readonly only?: RegExp | undefined;
  /** Called with the name of each experiment and the share that is done before it. */
  readonly progress?: (name: string, done: number) => void;
}

/** Measures everything. */
export async function measureRates(options: MeasureOptions): Promise<Results> {
  const { budget, seed, threads, pool, only, progress } = options;
  const started = performance.now();
  const names = TASKS.flatMap((task) =>
    [...PHASE_IDS, 'variants' as const].map((what) => ({ task, what, name: `${taskId(task)} ${what}` })),
  ).filter(({ name }) => only?.test(name) ?? true);
  const experiments: ExperimentResult[] = [];
  const variants: VariantResult[] = [];
  for (const [i, { task, what, name }] of names.entries()) {
    progress?.(name, i / names.length);
    if (what === 'variants') variants.push(...(await runVariants(task, budget, seed, pool)));
    else experiments.push(await runExperiment(planOf(what, task, budget), seed, pool));
  }
  return {
    format: 'meanfield-rates',
    formatVersion: 1,
    version,
    createdAt: new Date().toISOString(),
    budget,
    seed,
    pilotSeed: PILOT_SEED,
    threads,
    seconds: Math.round((performance.now() - started) / 1000),
    rows: ROWS,
    experiments,
    variants,
  };
}
