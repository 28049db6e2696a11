import { claimNumbers, formatNumber } from '../text/numbers.ts';
import type { LossCurves, NeuronMotion, PhaseReport, RateReport } from '../types.ts';
import { formula } from './formula.ts';
import { type Fragment, html, type Markup } from './markup.ts';
import { verdictMark } from './verdict.ts';

/** A chart with its caption, and the numbers behind it. */
export function figure(svg: Markup, caption: Fragment, numbers?: Markup): Markup {
  return html`<figure>${svg}<figcaption>${caption}</figcaption>${numbers}</figure>
`;
}

/** A rate chart, with the verdicts of the claims that point to it. */
export function rateFigure(svg: Markup, rate: RateReport, phase: PhaseReport): Markup {
  const claims = phase.claims.filter(({ plot }) => plot === rate.id);
  const caption = claims.map((claim) => {
    const { predicted, measured, interval } = claimNumbers(claim);
    return html`${formula(claim.title)}: ${measured} ${interval} against ${predicted}: ${verdictMark(claim.verdict)}. `;
  });
  const from = rate.fit.fromSize;
  const rows = rate.sizes.map(
    (size, i) =>
      html`<tr><td>${formatNumber(size)}</td><td>${formatNumber(rate.values[i]!)}</td><td>${formatNumber(rate.standardErrors[i]!, 2)}</td></tr>`,
  );
  return figure(
    svg,
    html`${caption}${from !== undefined && `Fitted from ${rate.sizeName} ${formatNumber(from)} on. `}The shaded band is that of the fit.`,
    html`<details><summary>Numbers</summary><table><thead><tr><th scope="col">${rate.sizeName}</th><th scope="col">${rate.valueName ?? 'value'}</th><th scope="col">standard error</th></tr></thead><tbody>${rows}</tbody></table></details>`,
  );
}

/** A loss chart. */
export function lossFigure(svg: Markup, { network }: LossCurves): Markup {
  const band =
    network.coverage === undefined
      ? 'The band is over replicates.'
      : `The band holds the middle ${formatNumber(network.coverage * 100, 3)} % of the replicates.`;
  return figure(svg, `Dropout at width ${network.width} against the limit, over mean-field time. ${band}`);
}

/** A chart of neurons' paths. */
export function motionFigure(svg: Markup, motion: NeuronMotion, jumps: boolean): Markup {
  const how = jumps ? ' The neurons jump: the lines only join successive states.' : '';
  return figure(
    svg,
    `${motion.neurons.length} neurons, one colour each, and the limit neurons that share their start and their clock.${how}`,
  );
}
