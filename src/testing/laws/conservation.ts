import * as fc from 'fast-check';
import { atomsOf, type Measure, massOf } from '../../measure/index.ts';
import { type MeasureConstraints, measures } from '../arbitraries/measures.ts';
import { points } from '../arbitraries/points.ts';
import { expectClose, LawViolation, type Tolerance } from '../violation.ts';
import type { Rows } from './invariance.ts';

/** A step of an evolution of measures conserves mass and positivity (docs/theory.md section 3.3). */
export function expectMassConservation(
  evolve: (measure: Measure) => Measure,
  measure: Measure,
  tolerance: Tolerance = {},
): void {
  const image = evolve(measure);
  const { weights, particles } = atomsOf('image', image);
  weights.forEach((weight, i) => {
    if (!(weight >= 0)) throw new LawViolation('conservation of mass', `weight ${i} is ${weight}, expected at least 0`);
  });
  expectFinite('conservation of mass', particles);
  expectClose('conservation of mass', 'the mass', [massOf(image)], [massOf(measure)], {
    tolerance: 1e-12,
    ...tolerance,
  });
}

/** An evolution of clouds keeps the number of particles and their dimension, and leaves them finite. */
export function expectNumberConservation(evolve: (cloud: Rows) => Rows, cloud: Rows): void {
  const image = evolve(cloud);
  if (image.length !== cloud.length)
    throw new LawViolation('conservation of number', `${cloud.length} particles became ${image.length}`);
  image.forEach((row, i) => {
    if (row.length !== cloud[i]!.length)
      throw new LawViolation('conservation of number', `particle ${i} has ${row.length} coordinates`);
    expectFinite('conservation of number', row);
  });
}

/** Conservation of mass by an evolution, on drawn measures: by default clouds and grids on the line. */
export function massConservationProperty(
  evolve: (measure: Measure) => Measure,
  options: MeasureConstraints & Tolerance & { readonly measures?: fc.Arbitrary<Measure> } = {},
) {
  return fc.property(options.measures ?? measures(options), (measure) =>
    expectMassConservation(evolve, measure, options),
  );
}

/** Conservation of number by an evolution of clouds of dimension p (default 1). */
export function numberConservationProperty(
  evolve: (cloud: Rows) => Rows,
  options: { readonly dimension?: number; readonly clouds?: fc.Arbitrary<Rows> } = {},
) {
  const { dimension = 1, clouds = points({ dimension }) } = options;
  return fc.property(clouds, (cloud) => expectNumberConservation(evolve, cloud));
}

function expectFinite(law: string, values: ArrayLike<number>): void {
  for (let k = 0; k < values.length; k++)
    if (!Number.isFinite(values[k])) throw new LawViolation(law, `coordinate ${k} became ${values[k]}`);
}
