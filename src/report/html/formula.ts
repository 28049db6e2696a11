import { escapeMarkup } from '../text/escape.ts';
import { type Markup, trusted } from './markup.ts';

/** A text with formulas as they are typed, `n^(−1/2)` and `λ_n`, with real superscripts and subscripts. */
export function formula(text: string): Markup {
  return trusted(
    escapeMarkup(text)
      .replace(/\^\(([^()]*)\)/g, '<sup>$1</sup>')
      .replace(/(?<!\p{L})(\p{L})_(\p{L})(?!\p{L})/gu, '$1<sub>$2</sub>'),
  );
}
