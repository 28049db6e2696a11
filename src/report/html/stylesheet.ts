/** Light, one column on a phone and on paper; every colour that tells a verdict has a sign and a word beside it. */
export const STYLESHEET = `
:root { color-scheme: light; --ink: #222; --pale: #555; --line: #ccc; --holds: #00594a; --fails: #9a3400; --undecided: #4a4a4a; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem clamp(0.9rem, 3vw, 2rem) 3rem; max-width: 66rem; background: #fff; color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: break-word; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 1rem; }
h2 { font-size: 1.3rem; margin: 2.6rem 0 0.6rem; padding-top: 0.6rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 1.6rem 0 0.5rem; }
p { max-width: 44rem; margin: 0.5rem 0; }
a { color: #00558a; }
.pale, figcaption, .note { color: var(--pale); }
.note { display: block; font-size: 0.88rem; }
.banner { border: 1px solid; border-left-width: 0.6rem; border-radius: 0.3rem; padding: 0.8rem 1rem; margin: 0 0 1rem; }
.banner p { margin: 0.25rem 0 0; color: var(--ink); }
.banner strong { font-size: 1.3rem; line-height: 1.3; }
.banner ul { margin: 0.5rem 0 0; padding-left: 1.2rem; color: var(--ink); }
.holds { color: var(--holds); } .fails { color: var(--fails); } .undecided { color: var(--undecided); }
.banner.holds { background: #eaf6f2; } .banner.fails { background: #fdf0e8; } .banner.undecided { background: #f3f3f3; }
.verdict { font-weight: 600; white-space: nowrap; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; margin: 0.6rem 0 1rem; }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 0.7rem 0.4rem 0; border-bottom: 1px solid #e2e2e2; }
thead th { font-size: 0.88rem; font-weight: 600; color: var(--pale); border-bottom: 1px solid #888; white-space: nowrap; }
tbody th { font-weight: 400; }
.number, .runs th { white-space: nowrap; }
caption { text-align: left; color: var(--pale); padding-bottom: 0.3rem; }
sup, sub { font-size: 0.75em; line-height: 0; }
.runs { font-size: 0.95rem; } .runs th, .runs td { padding-right: 0.5rem; } .runs td:nth-child(2) { min-width: 10.6rem; }
.tally { white-space: nowrap; margin-right: 0.6em; }
.swatch { display: inline-block; width: 0.9em; height: 0.9em; margin-right: 0.4em; vertical-align: -0.08em; border: 1px solid #999; }
.dot { display: inline-block; min-width: 1.5em; padding: 0 0.3em; margin-right: 0.2em; border-radius: 0.75em; background: #222; color: #fff;
  font-size: 0.85em; line-height: 1.5em; font-weight: 700; text-align: center; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 27rem), 1fr)); gap: 1.2rem 1.6rem; align-items: start; }
figure { margin: 0.6rem 0; min-width: 0; }
figure > svg { display: block; width: 100%; max-width: 36rem; height: auto; }
.charts figure > svg { max-width: 30rem; }
figcaption { font-size: 0.9rem; max-width: 36rem; }
details { font-size: 0.9rem; margin-top: 0.3rem; }
details table { width: auto; }
summary { cursor: pointer; }
dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: 0.3rem 1.2rem; margin: 0.6rem 0; }
dt { color: var(--pale); } dd { margin: 0; min-width: 0; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.2rem 1.1rem; list-style: none; margin: 0.5rem 0; padding: 0; }
footer { margin-top: 3rem; font-size: 0.88rem; color: var(--pale); }
@media screen and (max-width: 44rem) {
  .cards tbody, .cards tr, .cards th, .cards td { display: block; width: auto; }
  .cards, .cards caption { display: block; }
  .cards thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .cards th, .cards td { white-space: normal; }
  .cards tr { border: 1px solid var(--line); border-radius: 0.3rem; padding: 0.5rem 0.7rem; margin: 0.7rem 0; }
  .cards th, .cards td { border: 0; padding: 0.15rem 0; }
  .cards td[data-label] { position: relative; padding-left: 7rem; min-height: 1.6em; }
  .cards td[data-label]::before { content: attr(data-label); position: absolute; left: 0; color: var(--pale); }
  dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: 0.5rem; }
}
@media print {
  @page { margin: 16mm 14mm; }
  html { font-size: 9pt; } body { max-width: none; padding: 0; } .phase { break-before: page; } .phase h2 { border: 0; margin-top: 0; }
  h2, h3 { break-after: avoid; } figure, tr, dl, .banner { break-inside: avoid; }
  .charts { display: block; orphans: 1; widows: 1; } .charts figure > svg { max-width: 76mm; } .charts figure { display: inline-block; width: 48%; margin-right: 1%; vertical-align: top; }
  nav, summary { display: none; } th, td { padding: 0.25rem 0.5rem 0.25rem 0; }
  .claims th:first-child { width: 42%; } .claims svg { width: 80px; } a { color: inherit; text-decoration: none; }
  .banner, .swatch, .dot { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
