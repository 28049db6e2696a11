/** Characters that XML forbids, that would steer a terminal, or that reverse the direction of the text around them. */
const UNPRINTABLE = /(?![\t\n\r])\p{Cc}|[\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]|\p{Surrogate}/gu;

/** Removes what neither XML nor a terminal can show, and halves of surrogate pairs. Tabs and line ends stay. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, '');
}

/** `printable`, on one line. */
export function oneLine(text: string): string {
  return printable(text).replace(/\s+/g, ' ').trim();
}
