import type { PhaseDiagram } from '../../dropout/phase/index.ts';
import { partColor, partNames } from '../charts/phaseParts.ts';
import { PHASE_DESCRIPTIONS } from '../phases.ts';
import type { PhaseReport } from '../types.ts';
import { countVerdicts } from '../verdicts.ts';
import { figure } from './figures.ts';
import { html, type Markup } from './markup.ts';
import { phaseAnchor } from './phase.ts';

/** The phase diagram, which run is where in it, and what its parts are. */
export function diagramSection(svg: Markup, diagram: PhaseDiagram, phases: readonly PhaseReport[]): Markup {
  return html`<section aria-labelledby="diagram">
<h2 id="diagram">Phase diagram</h2>
${figure(svg, 'Each numbered dot is a sequence of networks of growing width n. In the grey regimes there is no limit.')}
<table class="cards" role="table"><thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Run</th><th scope="col" role="columnheader">Scaling</th><th scope="col" role="columnheader">Hold</th><th scope="col" role="columnheader">Fail</th><th scope="col" role="columnheader">Undecided</th></tr></thead>
<tbody role="rowgroup">
${phases.map(runRow)}</tbody></table>
<details><summary>All parts of the diagram</summary><table><thead><tr><th scope="col">Phase or degenerate regime</th><th scope="col">Exponents</th></tr></thead><tbody>${diagram.parts.map(
    (part) =>
      html`<tr><td><span class="swatch" style="background:${partColor(part)}"></span>${partNames(part).join(' + ')}</td><td>${part.condition}</td></tr>`,
  )}</tbody></table></details>
</section>
`;
}

function runRow(phase: PhaseReport, index: number): Markup {
  const { holds, fails, undecided } = countVerdicts([phase]);
  const { name } = PHASE_DESCRIPTIONS[phase.phase];
  return html`<tr role="row"><th scope="row" role="rowheader"><span class="dot">${index + 1}</span> <a href="#${phaseAnchor(index)}">${name}</a></th><td role="cell" data-label="Scaling">${phase.scaling.text}</td><td role="cell" data-label="Hold">${holds}</td><td role="cell" data-label="Fail">${fails}</td><td role="cell" data-label="Undecided">${undecided}</td></tr>
`;
}
