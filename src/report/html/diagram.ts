import type { PhaseDiagram } from '../../dropout/phase/index.ts';
import { partColor, partNames } from '../charts/phaseParts.ts';
import { PHASE_DESCRIPTIONS } from '../phases.ts';
import type { PhaseReport } from '../types.ts';
import { countVerdicts } from '../verdicts.ts';
import { figure } from './figures.ts';
import { formula } from './formula.ts';
import { html, type Markup } from './markup.ts';
import { phaseAnchor } from './phase.ts';
import { verdictMark } from './verdict.ts';

/** The phase diagram, which run is where in it, and what its parts are. */
export function diagramSection(svg: Markup, diagram: PhaseDiagram, phases: readonly PhaseReport[]): Markup {
  return html`<section aria-labelledby="diagram">
<h2 id="diagram">Phase diagram</h2>
<div class="charts">
${figure(svg, 'Each numbered dot is a sequence of networks of growing width n. In the grey regimes there is no limit.')}
<div><table class="cards runs" role="table"><thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Run</th><th scope="col" role="columnheader">Scaling</th><th scope="col" role="columnheader">Claims</th></tr></thead>
<tbody role="rowgroup">
${phases.map(runRow)}</tbody></table>
<details><summary>All parts of the diagram</summary><table><thead><tr><th scope="col">Phase or degenerate regime</th><th scope="col">Exponents</th></tr></thead><tbody>${diagram.parts.map(
    (part) =>
      html`<tr><td><span class="swatch" style="background:${partColor(part)}"></span>${partNames(part).join(' + ')}</td><td>${part.condition}</td></tr>`,
  )}</tbody></table></details></div>
</div>
</section>
`;
}

function runRow(phase: PhaseReport, index: number): Markup {
  const counts = countVerdicts([phase]);
  const tally = (['holds', 'fails', 'undecided'] as const)
    .filter((verdict) => counts[verdict] > 0)
    .map((verdict) => html`<span class="tally">${counts[verdict]} ${verdictMark(verdict)}</span> `);
  const { name } = PHASE_DESCRIPTIONS[phase.phase];
  return html`<tr role="row"><th scope="row" role="rowheader"><span class="dot">${index + 1}</span> <a href="#${phaseAnchor(index)}">${name}</a></th><td role="cell" data-label="Scaling">${formula(phase.scaling.text)}</td><td role="cell" data-label="Claims">${tally.length > 0 ? tally : 'none'}</td></tr>
`;
}
