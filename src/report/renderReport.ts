import { checkOneOf } from '../base/check.ts';
import { ArgumentError } from '../base/errors.ts';
import { PHASE_IDS, type PhaseDiagram, phaseDiagram } from '../dropout/phase/index.ts';
import { convergenceChart } from './charts/convergence.ts';
import { lossCurveChart } from './charts/lossCurve.ts';
import { neuronMotionChart } from './charts/neuronMotion.ts';
import { phaseDiagramChart } from './charts/phaseDiagram.ts';
import type { ChartSpec } from './charts/spec.ts';
import { chartSvg } from './charts/svg.ts';
import { type Markup, trusted } from './html/markup.ts';
import { page, type ReportCharts } from './html/page.ts';
import type { PhaseCharts } from './html/phase.ts';
import { PHASE_DESCRIPTIONS } from './phases.ts';
import type { PhaseReport, VerifyReport } from './types.ts';

/**
 * The report as one HTML file that needs nothing else: no network, no script. The same report gives the same bytes.
 * Needs the optional packages vega and vega-lite; about 0.1 s a phase.
 *
 * @throws MissingPackageError if they are not installed, ArgumentError if `report` is not a report of this version
 */
export async function renderReport(report: VerifyReport): Promise<string> {
  checkReport(report);
  const diagram = windowAround(report.phases);
  let drawn = 0;
  const draw = async (spec: ChartSpec): Promise<Markup> =>
    trusted(await chartSvg(spec, { idPrefix: `chart-${++drawn}-` }));
  const runs = report.phases.map(({ scaling }, i) => ({ ...scaling, label: String(i + 1) }));
  const plane = await draw(phaseDiagramChart(diagram, runs));
  const phases: PhaseCharts[] = [];
  // One after the other: they wait for each other anyway, and so ids are the same every time.
  for (const phase of report.phases) phases.push(await phaseCharts(phase, draw));
  const charts: ReportCharts = { diagram: plane, phases };
  return page(report, diagram, charts);
}

async function phaseCharts(phase: PhaseReport, draw: (spec: ChartSpec) => Promise<Markup>): Promise<PhaseCharts> {
  const { lossCurves, motion, rates } = phase;
  const { jumps } = PHASE_DESCRIPTIONS[phase.phase];
  const drawn: Markup[] = [];
  for (const rate of rates) drawn.push(await draw(convergenceChart(rate)));
  return {
    rates: drawn,
    loss: lossCurves ? await draw(lossCurveChart(lossCurves)) : null,
    motion: motion ? await draw(neuronMotionChart(motion, { jumps })) : null,
  };
}

/** The usual window, or a larger one where a run lies outside. */
function windowAround(phases: readonly PhaseReport[]): PhaseDiagram {
  const as = phases.map(({ scaling }) => scaling.learningRateExponent);
  const bs = phases.map(({ scaling }) => scaling.keepRateExponent);
  return phaseDiagram({
    learningRateExponents: [Math.min(-0.3, ...as.map((a) => a - 0.1)), Math.max(2, ...as.map((a) => a + 0.1))],
    keepRateExponents: [Math.min(0, ...bs), Math.max(1.5, ...bs.map((b) => b + 0.1))],
  });
}

function checkReport(report: VerifyReport): void {
  checkOneOf('report.format', report.format, ['meanfield-verify']);
  if (report.formatVersion !== 1) throw new ArgumentError('report.formatVersion', report.formatVersion, '1');
  for (const [i, phase] of report.phases.entries()) checkOneOf(`report.phases[${i}].phase`, phase.phase, PHASE_IDS);
}
