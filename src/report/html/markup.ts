import { escapeMarkup } from '../text/escape.ts';

/** A piece of HTML that is safe to put into a page as it stands. */
export interface Markup {
  readonly markup: string;
}

/** What a template may hold: text is escaped, markup stays, lists are joined, and what is absent leaves nothing. */
export type Fragment = Markup | string | number | null | undefined | false | readonly Fragment[];

/** A template whose holes are escaped unless they are markup already. */
export function html(strings: TemplateStringsArray, ...holes: readonly Fragment[]): Markup {
  return { markup: strings.map((text, i) => text + render(holes[i])).join('') };
}

/** Text that is HTML or SVG already. */
export function trusted(markup: string): Markup {
  return { markup };
}

function render(hole: Fragment): string {
  if (hole === null || hole === undefined || hole === false) return '';
  if (typeof hole === 'string' || typeof hole === 'number') return escapeMarkup(String(hole));
  if ('markup' in hole) return hole.markup;
  return hole.map(render).join('');
}
