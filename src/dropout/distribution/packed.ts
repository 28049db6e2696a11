import { type LearningTask, risk } from '../../network/index.ts';
import type { LawObservables } from './observables.ts';

/** All numbers of the observables in one vector: for means and differences. */
export function pack(law: LawObservables): Float64Array {
  return Float64Array.of(law.risk, law.penalizedRisk, ...law.predictions, ...law.mean, ...law.secondMoment);
}

/** The inverse of `pack` for m predictions. */
export function unpack(values: Float64Array, m: number): LawObservables {
  const p = (values.length - 2 - m) / 2;
  return {
    risk: values[0]!,
    penalizedRisk: values[1]!,
    predictions: values.slice(2, 2 + m),
    mean: values.slice(2 + m, 2 + m + p),
    secondMoment: values.slice(2 + m + p),
  };
}

/**
 * The mean of replicates and its standard errors (none for a single one). The risk is that of the mean predictions: the mean of
 * the risks would be too large by half their variance.
 */
export function meanOfReplicates(
  task: LearningTask,
  replicates: readonly LawObservables[],
): { readonly mean: LawObservables; readonly standardError?: LawObservables } {
  const m = task.neuron.samples;
  const rows = replicates.map(pack);
  const count = rows.length;
  const mean = rows[0]!.map((_, k) => rows.reduce((sum, row) => sum + row[k]!, 0) / count);
  const law = unpack(mean, m);
  if (count === 1) return { mean: law };
  const ownRisk = risk(task, law.predictions);
  const standardError = mean.map((centre, k) =>
    Math.sqrt(rows.reduce((sum, row) => sum + (row[k]! - centre) ** 2, 0) / (count * (count - 1))),
  );
  return {
    mean: { ...law, risk: ownRisk, penalizedRisk: law.penalizedRisk - law.risk + ownRisk },
    standardError: unpack(standardError, m),
  };
}

/** |a − b| / divisor, number by number. */
export function distanceBetween(a: LawObservables, b: LawObservables, divisor: number): LawObservables {
  const other = pack(b);
  return unpack(
    pack(a).map((value, k) => Math.abs(value - other[k]!) / divisor),
    a.predictions.length,
  );
}

/** The sum of some errors, number by number. */
export function sumOf(parts: readonly LawObservables[], like: LawObservables): LawObservables {
  const total = pack(like).fill(0);
  for (const part of parts)
    pack(part).forEach((value, k) => {
      total[k]! += value;
    });
  return unpack(total, like.predictions.length);
}
