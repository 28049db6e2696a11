import { PHASE_DESCRIPTIONS } from '../phases.ts';
import { formatNumber } from '../text/numbers.ts';
import type { PhaseReport } from '../types.ts';
import { claimsSection } from './claims.ts';
import { lossFigure, motionFigure, rateFigure } from './figures.ts';
import { formula } from './formula.ts';
import { html, type Markup } from './markup.ts';

/** The drawn charts of one phase, in the order of its rates. */
export interface PhaseCharts {
  readonly rates: readonly Markup[];
  readonly loss: Markup | null;
  readonly motion: Markup | null;
}

/** Where a phase stands in the page. */
export function phaseAnchor(index: number): string {
  return `phase-${index + 1}`;
}

/** One phase: how it is scaled, what its limit is, its claims and its charts. */
export function phaseSection(phase: PhaseReport, charts: PhaseCharts, index: number): Markup {
  const { name, condition, limit, jumps } = PHASE_DESCRIPTIONS[phase.phase];
  const parameters = parameterText(phase);
  const anchor = phaseAnchor(index);
  return html`<section class="phase" aria-labelledby="${anchor}">
<h2 id="${anchor}"><span class="dot">${index + 1}</span> ${name}</h2>
<dl><dt>Condition</dt><dd>${condition}</dd><dt>Scaling</dt><dd>${formula(phase.scaling.text)}</dd>${
    parameters && html`<dt>Limit parameters</dt><dd>${parameters}</dd>`
  }<dt>Limit of one neuron</dt><dd>${formula(limit)}</dd></dl>
${claimsSection(phase, index)}
<div class="charts">
${phase.rates.map((rate, i) => rateFigure(charts.rates[i]!, rate, phase))}${
  phase.lossCurves && charts.loss && lossFigure(charts.loss, phase.lossCurves)
}${phase.motion && charts.motion && motionFigure(charts.motion, phase.motion, jumps)}</div>
</section>
`;
}

function parameterText({ parameters }: PhaseReport): string {
  const { jumpSize, activeCount, learningRate, keepRate } = parameters;
  const named: readonly (readonly [string, number | null | undefined])[] = [
    ['jump size α', jumpSize],
    ['active neurons c', activeCount],
    ['learning rate τ', learningRate],
    ['keep rate q', keepRate],
  ];
  return named
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([symbol, value]) => `${symbol} = ${formatNumber(value!)}`)
    .join(', ');
}
