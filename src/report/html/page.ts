import type { PhaseDiagram } from '../../dropout/phase/index.ts';
import { PHASE_DESCRIPTIONS } from '../phases.ts';
import type { VerifyReport } from '../types.ts';
import { headline, overallVerdict } from '../verdicts.ts';
import { claimId } from './claims.ts';
import { diagramSection } from './diagram.ts';
import { formula } from './formula.ts';
import { html, type Markup, trusted } from './markup.ts';
import { type PhaseCharts, phaseAnchor, phaseSection } from './phase.ts';
import { setupSection } from './setup.ts';
import { STYLESHEET } from './stylesheet.ts';
import { verdictMark, verdictSign } from './verdict.ts';

/** All charts of a report, drawn. */
export interface ReportCharts {
  readonly diagram: Markup;
  readonly phases: readonly PhaseCharts[];
}

/** The whole page: no script, and a policy that keeps browsers from loading anything. */
export function page(report: VerifyReport, diagram: PhaseDiagram, charts: ReportCharts): string {
  const title = `Dropout and its mean-field limits: ${report.experiment.data.source}`;
  const { markup } = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="meanfield ${report.version}">
<title>${title}</title>
<style>${trusted(STYLESHEET)}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${banner(report)}
<nav aria-label="Contents"><ul><li><a href="#diagram">Phase diagram</a></li>${report.phases.map(
    ({ phase }, i) => html`<li><a href="#${phaseAnchor(i)}">${PHASE_DESCRIPTIONS[phase].name}</a></li>`,
  )}<li><a href="#setup">Set-up</a></li><li><a href="#verdicts">How verdicts are reached</a></li></ul></nav>
${diagramSection(charts.diagram, diagram, report.phases)}${report.phases.map((phase, i) =>
  phaseSection(phase, charts.phases[i]!, i),
)}${setupSection(report)}</main>
<footer>The phases are those of L. Chizat, P. Marion and Y. Yesbay, Phase Diagram of Dropout for Two-Layer Neural Networks in the Mean-Field Regime, arXiv:2510.07554.</footer>
</body>
</html>
`;
  return markup;
}

/** The verdict on everything, and every claim that does not hold, with a link to it. */
function banner(report: VerifyReport): Markup {
  const verdict = overallVerdict(report);
  const open = report.phases.flatMap((phase, i) =>
    phase.claims.flatMap((claim, k) =>
      claim.verdict === 'holds'
        ? []
        : [
            html`<li>${verdictMark(claim.verdict)}: <a href="#${claimId(i, k)}">${PHASE_DESCRIPTIONS[phase.phase].name}: ${formula(claim.title)}</a></li>`,
          ],
    ),
  );
  const { data, horizon } = report.experiment;
  return html`<div class="banner ${verdict}">
<strong>${verdictSign(verdict)} ${headline(report)}</strong>
<p>${report.phases.length} ${report.phases.length === 1 ? 'phase' : 'phases'}, ${data.samples} samples of ${data.source}, up to mean-field time ${horizon}, seed ${report.seed}.</p>
${open.length > 0 && html`<ul>${open}</ul>`}</div>`;
}
