import { PHASE_DESCRIPTIONS } from './phases.ts';
import { oneLine } from './text/clean.ts';
import { claimNumbers } from './text/numbers.ts';
import { caughtText } from './text/power.ts';
import { textWidth, wrapText } from './text/wrap.ts';
import type { ClaimReport, VerifyReport } from './types.ts';
import { headline } from './verdicts.ts';

const HEADER = ['Claim', 'Predicted', 'Measured', 'Interval', 'Verdict'] as const;
/** One more column where powers are known: wrong values that the claim would catch. */
const CAUGHT = 'Caught';
const GAP = '  ';

/**
 * The claims as a plain text table for a terminal, phase by phase, with what an undecided claim would take, and the result in a
 * sentence. No line is wider than `width` columns (default 100, at least 60): long texts wrap. Ends without a line end.
 */
export function claimsTable(report: VerifyReport, width = 100): string {
  const columns = Math.max(60, Math.floor(width));
  const powers = report.phases.some(({ claims }) => claims.some(({ power }) => power !== undefined));
  const header = powers ? [...HEADER.slice(0, -1), CAUGHT, HEADER.at(-1)!] : HEADER;
  const rows = report.phases.map(({ claims }) => claims.map((claim) => cells(claim, powers)));
  const widths = header.map((name, k) => Math.max(textWidth(name), ...rows.flat().map((row) => textWidth(row[k]!))));
  const numbers = widths.slice(1).reduce((sum, w) => sum + w + GAP.length, 0);
  // Numbers keep their line; if they leave no room for words, the claims stand above them.
  const room = columns - numbers;
  const stacked = room < 24;
  widths[0] = stacked ? Math.max(0, Math.min(24, room)) : Math.min(widths[0]!, room);
  const total = Math.min(columns, numbers + widths[0]!);
  const lines = [line(header, widths), '─'.repeat(total)];
  for (const [i, { phase, scaling, claims }] of report.phases.entries()) {
    if (i > 0) lines.push('');
    lines.push(...wrapText(`${PHASE_DESCRIPTIONS[phase].name} (${oneLine(scaling.text)})`, columns));
    for (const [k, claim] of claims.entries()) {
      const [title, ...rest] = rows[i]![k]!;
      const words = wrapText(title!, stacked ? columns : widths[0]!);
      if (stacked) lines.push(...words, line(['', ...rest], widths));
      else lines.push(line([words[0]!, ...rest], widths), ...words.slice(1));
      if (claim.needs) lines.push(...note(`to decide it: ${claim.needs}`, columns));
      if (claim.verdict === 'fails' && claim.detail) lines.push(...note(claim.detail, columns));
    }
  }
  return [...lines, '', ...wrapText(headline(report), columns)].join('\n');
}

function cells(claim: ClaimReport, powers: boolean): string[] {
  const { predicted, measured, interval } = claimNumbers(claim);
  return [oneLine(claim.title), predicted, measured, interval, ...(powers ? [caughtText(claim)] : []), claim.verdict];
}

function note(text: string, columns: number): string[] {
  return wrapText(text, columns - 4).map((part) => `    ${part}`);
}

function line(parts: readonly string[], widths: readonly number[]): string {
  return parts
    .map((part, k) => part + ' '.repeat(Math.max(0, widths[k]! - textWidth(part))))
    .join(GAP)
    .trimEnd();
}
