export { convergenceChart } from './charts/convergence.ts';
export { type LossCurveOptions, lossCurveChart } from './charts/lossCurve.ts';
export { type NeuronMotionOptions, neuronMotionChart } from './charts/neuronMotion.ts';
export { type DiagramRun, type PhaseDiagramChartOptions, phaseDiagramChart } from './charts/phaseDiagram.ts';
export type { ChartSize, ChartSpec } from './charts/spec.ts';
export { chartSvg, type SvgOptions } from './charts/svg.ts';
export { checkVega, MissingPackageError } from './charts/vega.ts';
export { claimsTable } from './claimsTable.ts';
export { renderReport } from './renderReport.ts';
export type {
  ClaimReport,
  LossCurves,
  NeuronMotion,
  PhaseParameters,
  PhaseReport,
  RateReport,
  ReportBudget,
  ReportExperiment,
  ReportScaling,
  Verdict,
  VerifyReport,
} from './types.ts';
export { headline, overallVerdict } from './verdicts.ts';
