import type { CellContext } from './cell.ts';
import { limitDistribution } from './limit-distribution.ts';
import { limitReplicates } from './limit-replicates.ts';
import { moduleEnsemble } from './module-ensemble.ts';
import { moduleSamples } from './module-samples.ts';
import { simulateReplicates } from './simulate-replicates.ts';
import { verifyControls } from './verify-controls.ts';
import { verifyCurves } from './verify-curves.ts';
import { verifyNetworks } from './verify-networks.ts';
import { verifyOracle } from './verify-oracle.ts';
import { verifyPaths } from './verify-paths.ts';
import { verifyReference } from './verify-reference.ts';

export type { Cell, CellContext } from './cell.ts';

/** Every kind of cell. A new kind is one more line. */
export const CELLS = {
  'simulate-replicates': simulateReplicates,
  'limit-replicates': limitReplicates,
  'limit-distribution': limitDistribution,
  'module-samples': moduleSamples,
  'module-ensemble': moduleEnsemble,
  'verify-controls': verifyControls,
  'verify-curves': verifyCurves,
  'verify-networks': verifyNetworks,
  'verify-oracle': verifyOracle,
  'verify-paths': verifyPaths,
  'verify-reference': verifyReference,
} as const;

export type CellKind = keyof typeof CELLS;
export type CellInput<K extends CellKind> = Parameters<(typeof CELLS)[K]>[0];
export type CellOutput<K extends CellKind> = Awaited<ReturnType<(typeof CELLS)[K]>>;

/** Runs one cell on this thread. */
export async function runCell<K extends CellKind>(
  kind: K,
  input: CellInput<K>,
  context: CellContext = {},
): Promise<CellOutput<K>> {
  const cell = CELLS[kind] as (input: CellInput<K>, context: CellContext) => Promise<CellOutput<K>>;
  return cell(input, context);
}
