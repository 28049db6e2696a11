import { claimNumbers } from '../text/numbers.ts';
import { caughtSentence } from '../text/power.ts';
import type { ClaimReport, PhaseReport } from '../types.ts';
import { formula } from './formula.ts';
import { intervalPicture } from './intervalPicture.ts';
import { html, type Markup } from './markup.ts';
import { verdictMark } from './verdict.ts';

/** The claims of one phase. The roles keep it a table where the style sheet shows its rows as cards. */
export function claimsSection(phase: PhaseReport, index: number): Markup {
  return html`<table class="cards claims" role="table">
<caption>Predicted value (line) with its margin (shaded), measured value (dot) with its confidence interval (bar).</caption>
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Claim</th><th scope="col" role="columnheader">Predicted</th><th scope="col" role="columnheader">Measured</th><th scope="col" role="columnheader">Interval</th><th role="columnheader" scope="col">Picture</th><th scope="col" role="columnheader">Verdict</th></tr></thead>
<tbody role="rowgroup">
${phase.claims.map((claim, i) => claimRow(claim, claimId(index, i)))}</tbody></table>`;
}

/** Where a claim stands in the page. */
export function claimId(phase: number, claim: number): string {
  return `claim-${phase + 1}-${claim + 1}`;
}

function claimRow(claim: ClaimReport, id: string): Markup {
  const { predicted, measured, interval } = claimNumbers(claim);
  return html`<tr role="row" id="${id}">
<th scope="row" role="rowheader">${formula(claim.title)}${claim.detail && html`<span class="note">${formula(claim.detail)}</span>`}${
    claim.needs && html`<span class="note">To decide it: ${formula(claim.needs)}.</span>`
  }${claim.power && html`<span class="note">${formula(caughtSentence(claim))}</span>`}</th>
<td role="cell" class="number" data-label="Predicted">${predicted}</td>
<td role="cell" class="number" data-label="Measured">${measured}</td>
<td role="cell" class="number" data-label="Interval">${interval}</td>
<td role="cell">${intervalPicture(claim)}</td>
<td role="cell" data-label="Verdict">${verdictMark(claim.verdict)}</td>
</tr>
`;
}
