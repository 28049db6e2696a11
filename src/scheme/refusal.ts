import { kindOf, type MeanFieldProcess } from '../process/process.ts';
import type { Scheme } from './scheme.ts';

/** Why `scheme` can't solve `process`, as a phrase that continues "because"; undefined if it can. */
export function refusal(scheme: Scheme, process: MeanFieldProcess): string | undefined {
  const { info } = scheme;
  const kind = kindOf(process);
  if (!info.problems.includes(kind))
    return `${info.name} solves ${info.problems.join(', ')}, and this is ${article(kind)}`;
  const { diffusion } = process;
  if (diffusion) {
    if (info.calculus !== undefined && info.calculus !== 'either' && info.calculus !== diffusion.calculus)
      return `${info.name} approximates ${info.calculus} integrals, and this diffusion is ${diffusion.calculus}`;
    const shapes = [
      diffusion.noise,
      ...(diffusion.commutative ? ['commutative'] : []),
      ...(diffusion.additive ? ['additive'] : []),
    ];
    if (info.noise && !info.noise.some((shape) => shapes.includes(shape)))
      return `${info.name} takes ${info.noise.join(', ')} noise, and this is ${shapes.join(', ')}`;
  }
  return scheme.refuses?.(process);
}

function article(kind: string): string {
  return `${'aeiou'.includes(kind[0]!) ? 'an' : 'a'} ${kind} problem`;
}
