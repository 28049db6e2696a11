/** Text and lines. Generic, so that it is there on every machine. */
export const FONT = 'sans-serif';
export const INK = '#222222';
export const PALE_INK = '#555555';

/** Okabe and Ito's palette (Color Universal Design, 2008), told apart with any colour vision; without its yellow, too pale on white. */
export const BLUE = '#0072b2';
export const VERMILION = '#d55e00';
export const GREEN = '#009e73';
export const ORANGE = '#e69f00';
export const SKY = '#56b4e9';
export const PURPLE = '#cc79a7';
export const BLACK = '#000000';

/** For things without an order, such as neurons. */
export const CATEGORIES: readonly string[] = [BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY, BLACK];
