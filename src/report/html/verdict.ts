import type { Verdict } from '../types.ts';
import { html, type Markup } from './markup.ts';

const SIGNS: Readonly<Record<Verdict, string>> = { holds: '✓', fails: '✗', undecided: '?' };

/** A verdict by sign, word and colour. */
export function verdictMark(verdict: Verdict): Markup {
  return html`<span class="verdict ${verdict}"><span aria-hidden="true">${SIGNS[verdict]}</span> ${verdict}</span>`;
}

/** The sign alone, where a sentence says the rest. */
export function verdictSign(verdict: Verdict): Markup {
  return html`<span aria-hidden="true">${SIGNS[verdict]}</span>`;
}
