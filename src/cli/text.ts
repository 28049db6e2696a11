import type { ObservableSummaries, Summary } from '../experiment/run/observables.ts';

const SHOWN = 10;

/** One line `name   value`. */
export function field(name: string, value: string | number): string {
  return `${name.padEnd(24)}${value}\n`;
}

/** Observables as a table for people: mean ± standard error, and the standard deviation of one run. */
export function observablesText({ predictions, risk, neuron }: ObservableSummaries, names: readonly string[]): string {
  const inputs = predictions.mean.map((_, j) => `input ${j}`);
  return [
    `${''.padEnd(34)}${'mean'.padStart(13)}${'± error'.padStart(12)}${'one run'.padStart(12)}\n`,
    rows('risk', risk, ['']),
    rows('prediction', predictions, inputs),
    rows('mean of', neuron.mean, names),
    rows('second moment of', neuron.secondMoment, names),
    rows('squared mean of', neuron.squaredMean, names),
  ].join('');
}

function rows(title: string, { mean, standardError, standardDeviation }: Summary, names: readonly string[]): string {
  const shown = mean.slice(0, SHOWN).map((value, k) => {
    const label = `${title} ${names[k] ?? k}`.trim().padEnd(34);
    return `${label}${number(value, 13)}${number(standardError[k] ?? null, 12)}${number(standardDeviation[k] ?? null, 12)}\n`;
  });
  if (mean.length > SHOWN) shown.push(`${title} … ${mean.length - SHOWN} more (see --json)\n`);
  return shown.join('');
}

function number(value: number | null, width: number): string {
  return (value === null ? 'unknown' : value === 0 ? '0' : value.toPrecision(width > 12 ? 6 : 2)).padStart(width);
}
