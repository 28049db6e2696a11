import { checkInteger, checkNumber, checkOneOf } from '../../base/check.ts';
import { ArgumentError } from '../../base/errors.ts';

/** Weighted nodes of μ₀ that follow the flow. */
export interface Characteristics {
  readonly kind: 'characteristics';
  /** N at most; quadrature takes the largest tensor of equal sides. A fixed start is followed exactly, whatever N. */
  readonly nodes: number;
  readonly points: 'monte-carlo' | 'sobol' | 'quadrature';
}

/** Masses on a tensor grid, p ≤ 3. */
export interface Grid {
  readonly kind: 'grid';
  /** Nodes along each axis, or one number for all. */
  readonly cells: number | readonly number[];
  /** [lower, upper] of each axis. Default: around the law, found by a small run. */
  readonly bounds?: readonly (readonly [number, number])[];
  /**
   * What becomes of mass that lands between nodes. `cubic`: shared among 4^p nodes with moments to the third kept, limited so
   * that nothing is negative (mean always kept). `linear`: shared among 2^p nodes, mass and mean kept.
   */
  readonly deposit: 'linear' | 'cubic';
  /** Flows: `finite-volume` (upwind, second order, risk falls), or `remeshing` (nodes follow the flow and are deposited). */
  readonly flow: 'finite-volume' | 'remeshing';
}

/** Weighted particles: each jump splits them, compression bounds their number. */
export interface SplitAndCompress {
  readonly kind: 'split-and-compress';
  readonly atoms: number;
}

/** Particles whose start and jumps are spread evenly. */
export interface ArrayRqmc {
  readonly kind: 'array-rqmc';
  /** N: a power of two is best. With a fixed start of k points, rounded up to a multiple of k. */
  readonly particles: number;
}

/** In what form the law is held. */
export type Representation = Characteristics | Grid | SplitAndCompress | ArrayRqmc;

export type RepresentationKind = Representation['kind'];

/**
 * Weighted nodes that follow the flow; for flows only. Default points `quadrature`: a Gauss–Hermite tensor, for normal starts with few
 * parameters; its error falls geometrically. `sobol`: scrambled, for any p ≤ 128. `monte-carlo`: independent draws.
 */
export function characteristics(options: {
  readonly nodes: number;
  readonly points?: Characteristics['points'];
}): Characteristics {
  return {
    kind: 'characteristics',
    nodes: checkInteger('nodes', options.nodes, { min: 1 }),
    points: checkOneOf('points', options.points ?? 'quadrature', ['monte-carlo', 'sobol', 'quadrature']),
  };
}

/** Masses on a tensor grid, for p ≤ 3: positive, mass kept to rounding, deterministic. See `Grid` for the options. */
export function grid(options: {
  readonly cells: number | readonly number[];
  readonly bounds?: readonly (readonly [number, number])[];
  readonly deposit?: Grid['deposit'];
  readonly flow?: Grid['flow'];
}): Grid {
  const sides = typeof options.cells === 'number' ? [options.cells] : options.cells;
  sides.forEach((count, k) => {
    checkInteger(`cells[${k}]`, count, { min: 8, max: 1e6 });
  });
  options.bounds?.forEach(([lower, upper], k) => {
    checkNumber(`bounds[${k}][1]`, upper, { above: checkNumber(`bounds[${k}][0]`, lower) });
  });
  return {
    kind: 'grid',
    cells: options.cells,
    ...(options.bounds === undefined ? {} : { bounds: options.bounds }),
    deposit: checkOneOf('deposit', options.deposit ?? 'cubic', ['linear', 'cubic']),
    flow: checkOneOf('flow', options.flow ?? 'finite-volume', ['finite-volume', 'remeshing']),
  };
}

/**
 * At most `atoms` weighted particles, for jumps: a jump is a mixture of those that stay and those that move, compressed so that
 * mass, F(μ) and the first two moments of each coordinate are kept to machine precision. Deterministic on the line and from fixed
 * points; else the start is sampled.
 */
export function splitAndCompress(options: { readonly atoms: number }): SplitAndCompress {
  return { kind: 'split-and-compress', atoms: checkInteger('atoms', options.atoms, { min: 2 }) };
}

/** N equally weighted particles, for jumps: Sobol start, jumps spread along a space-filling curve (docs/theory.md section 8.4). */
export function arrayRqmc(options: { readonly particles: number }): ArrayRqmc {
  return { kind: 'array-rqmc', particles: checkInteger('particles', options.particles, { min: 1 }) };
}

/** The sides of a grid in p dimensions. */
export function sidesOf({ cells }: Grid, p: number): readonly number[] {
  if (typeof cells === 'number') return Array.from({ length: p }, () => cells);
  if (cells.length !== p) throw new ArgumentError('cells.length', cells.length, `${p}, the number of parameters`);
  return cells;
}
