/**
 * RESULTS.md with the table of a name put between its marks `<!-- table NAME -->` and `<!-- end -->`, in place of the old one; without
 * marks as a new section at the end.
 */
export function insertTable(page: string, name: string, title: string, table: string): string {
  const [open, close] = [`<!-- table ${name} -->`, '<!-- end -->'];
  const block = `${open}\n\n${table}\n\n${close}`;
  const start = page.indexOf(open);
  if (start < 0) return `${page.trimEnd()}\n\n## ${title}\n\n${block}\n`;
  const end = page.indexOf(close, start);
  return page.slice(0, start) + block + page.slice(end + close.length);
}
