import { formatNumber } from '../text/numbers.ts';
import type { ReportBudget, ReportExperiment, VerifyReport } from '../types.ts';
import { html, type Markup } from './markup.ts';

/** What was run, as the experiments section of a paper would say it, and how verdicts are reached. */
export function setupSection(report: VerifyReport): Markup {
  const rows = [...experimentRows(report.experiment), ...budgetRows(report.budget), ['Seed', String(report.seed)]];
  return html`<section aria-labelledby="setup">
<h2 id="setup">Set-up</h2>
<dl>${rows.map(([name, text]) => html`<dt>${name}</dt><dd>${text}</dd>`)}<dt>Made by</dt><dd>meanfield ${report.version}${
    report.kernel && ` on its ${report.kernel} kernels`
  }${report.createdAt && `, ${report.createdAt}`}</dd></dl>
<h3 id="verdicts">How verdicts are reached</h3>
${(report.decision ?? DECISION).map((text) => html`<p>${text}</p>`)}
<p>Probability that any claim of this report is said to fail although all are true: at most ${formatNumber(report.falseAlarm)}. An undecided claim does not count as holding.</p>
</section>
`;
}

const DECISION = [
  'Each claim compares a predicted value with the confidence interval of a measured one. The interval covers the Monte Carlo error of the finite networks and that of the limit.',
];

function experimentRows({ file, data, network, loss, initial, horizon }: ReportExperiment): string[][] {
  const neuron = [network.neuron, network.activation, network.bias && 'with bias'].filter(Boolean).join(', ');
  return [
    ...(file === undefined ? [] : [['Experiment file', file]]),
    ['Data', `${data.source}: ${data.samples} samples of ${data.inputs} inputs${data.notes ? `; ${data.notes}` : ''}`],
    ['Neuron', `${neuron}; ${network.parameters} parameters`],
    ['Loss', loss],
    ['Initial law', initial],
    ['Horizon', `${formatNumber(horizon)} units of mean-field time`],
  ];
}

function budgetRows({ seconds, spentSeconds, threads, widths, replicates, limitParticles }: ReportBudget): string[][] {
  const list = (values: readonly number[] | number) => [values].flat().map(String).join(', ');
  const time = [
    spentSeconds !== undefined && `${formatNumber(spentSeconds, 3)} s`,
    seconds !== undefined && `of ${formatNumber(seconds, 3)} s allowed`,
    threads !== undefined && `on ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
  ].filter(Boolean);
  return [
    ...(widths === undefined ? [] : [['Widths', list(widths)]]),
    ...(replicates === undefined ? [] : [['Replicates', list(replicates)]]),
    ...(limitParticles === undefined ? [] : [['Particles of the limit', String(limitParticles)]]),
    ...(time.length === 0 ? [] : [['Wall time', time.join(' ')]]),
  ];
}
