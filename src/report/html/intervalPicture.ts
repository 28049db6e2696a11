import type { ClaimReport } from '../types.ts';
import { type Markup, trusted } from './markup.ts';

const WIDTH = 130;
const HEIGHT = 20;
const EDGE = 6;

/**
 * A claim at a glance: the predicted value as an upright line with what is allowed around it shaded, the measured one as a dot with its
 * interval. The table gives the same in numbers, so it is hidden from assistive technology.
 */
export function intervalPicture(claim: ClaimReport): Markup {
  const { predicted, measured, relation = 'equals', margin = 0 } = claim;
  const [low, high] = claim.interval;
  const known = [low, high, measured].filter((value) => value !== null);
  const seen = [...known, predicted - margin, predicted + margin];
  const [start, end] = [Math.min(...seen), Math.max(...seen)];
  const room = (end - start) * 0.08 || 1;
  const x = (value: number) =>
    Math.round((EDGE + ((value - start + room) / (end - start + 2 * room)) * (WIDTH - 2 * EDGE)) * 10) / 10;
  const from = relation === 'atMost' ? 0 : x(predicted - margin);
  const to = relation === 'atLeast' ? WIDTH : x(predicted + margin);
  const color = { holds: '#00735f', fails: '#c04a00', undecided: '#555555' }[claim.verdict];
  const middle = HEIGHT / 2;
  // An end that is not bounded has no cap and runs to the picture's edge.
  const cap = (end: number | null) => (end === null ? '' : `M${x(end)},${middle - 4}v8`);
  const bar = (left: number | null, right: number | null) =>
    `M${left === null ? 0 : x(left)},${middle}H${right === null ? WIDTH : x(right)}${cap(left)}${cap(right)}`;
  return trusted(
    `<svg width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true" focusable="false">` +
      `<rect x="${from}" y="2" width="${Math.max(0, round(to - from))}" height="${HEIGHT - 4}" fill="#e3e3e3"/>` +
      `<path d="M${x(predicted)},2V${HEIGHT - 2}" stroke="#222222" stroke-width="1.5"/>` +
      (known.length === 0 ? '' : `<path d="${bar(low, high)}" stroke="${color}" stroke-width="2"/>`) +
      (measured === null ? '' : `<circle cx="${x(measured)}" cy="${middle}" r="3.5" fill="${color}"/>`) +
      '</svg>',
  );
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
