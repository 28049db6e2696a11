/**
 * Forecasts of `predictedErrors` for networks wider than its pilots, in each phase, against errors measured at these widths, with 95 %
 * intervals of their ratio. Run by `npx tsx bench/forecasts.ts [scale of replicates, default 1] [part of a phase's name]`.
 */
import { predictedErrors } from '../src/convergence/index.ts';
import type { Rates } from '../src/dropout/index.ts';
import { stream } from '../src/random/index.ts';
import { type Comparison, measureForecasts, tanhTask } from '../test/convergence/forecast.ts';

const scale = Number(process.argv[2] ?? 1);
const named = process.argv[3] ?? '';
const task = tanhTask();
const half = (n: number) => 2 ** -Math.round(Math.log2(n) / 2);
const cases: readonly { name: string; widths: readonly number[]; rates: (n: number) => Rates }[] = [
  { name: 'gradient-flow', widths: [256, 1024], rates: (n) => ({ learningRate: n ** -0.75, keepRate: n ** -0.25 }) },
  { name: 'poisson-jump', widths: [256, 1024, 4096], rates: (n) => ({ learningRate: half(n), keepRate: half(n) }) },
  { name: 'bernoulli-jump', widths: [128, 512, 2048], rates: () => ({ learningRate: 0.25, keepRate: 0.5 }) },
  { name: 'penalized-flow', widths: [64, 256], rates: (n) => ({ learningRate: 4 * n ** -1.5, keepRate: 2 / n }) },
  { name: 'penalized-jump', widths: [128, 512], rates: (n) => ({ learningRate: 1 / n, keepRate: 2 / n }) },
];

async function main(): Promise<void> {
  const all: Comparison[] = [];
  for (const { name, widths, rates } of cases.filter((each) => each.name.includes(named)))
    for (const width of widths) {
      const network = { width, ...rates(width) };
      const begin = process.cpuUsage();
      const predicted = await predictedErrors(task, { ...network, horizon: 2, rng: stream(1) });
      const seconds = (process.cpuUsage(begin).user / 1e6).toFixed(1);
      const [tau, q] = [network.learningRate.toPrecision(3), network.keepRate.toPrecision(3)];
      console.log(`\n${name}, n = ${width}, τ = ${tau}, q = ${q}: nearest ${predicted.nearest}, ${seconds} s of CPU`);
      const count = (base: number) => Math.max(8, Math.round(base * scale));
      const found = measureForecasts(task, network, predicted, {
        replicates: count(2000),
        clouds: count(40),
        paths: count(10),
        rng: stream(2).split(name, width),
      });
      all.push(...found);
      for (const { id, what, forecast, measured } of found)
        console.log(
          `  ${id.padEnd(15)}${what.padEnd(12)}${text(forecast)} / ${text(measured)} = ${ratio(forecast, measured)}`,
        );
    }
  summarize(all);
}

/** Of each kind, the ratios that the measurement can tell apart: those whose relative error is below a tenth. */
function summarize(all: readonly Comparison[]): void {
  console.log('\nforecast / measured where both are known within 10 % (standard errors):');
  for (const what of ['fluctuation', 'bias', 'error', 'path'] as const) {
    const kind = all.filter((each) => each.what === what);
    const known = kind.filter(({ forecast, measured }) => relative(forecast) < 0.1 && relative(measured) < 0.1);
    const ratios = known.map(({ forecast, measured }) => forecast.value / measured.value).sort((a, b) => a - b);
    const within = ratios.filter((r) => Math.abs(r - 1) <= 0.2).length;
    console.log(
      `  ${what.padEnd(12)}${ratios[0]?.toFixed(2)} … ${ratios.at(-1)?.toFixed(2)}: ${within} of ${known.length} within 20 % (${kind.length} forecasts)`,
    );
  }
}

const relative = ({ value, standardError }: Comparison['measured']) => standardError / value;
const text = ({ value, standardError }: Comparison['measured']) =>
  `${value.toPrecision(3)} ± ${standardError.toPrecision(1)}`;

function ratio(forecast: Comparison['forecast'], measured: Comparison['measured']): string {
  const quotient = forecast.value / measured.value;
  const error = 1.96 * quotient * Math.hypot(relative(forecast), relative(measured));
  return `${quotient.toFixed(2)} ± ${error.toFixed(2)}`;
}

await main();
