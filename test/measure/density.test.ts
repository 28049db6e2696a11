import { describe, expect, it } from 'vitest';
import { empiricalMeasure, kernelDensity1D, kernelDensity2D } from '../../src/measure/index.ts';
import { randomCloud, sineCloud } from './clouds.ts';

describe('kernel density', () => {
  it('agrees with scipy', () => {
    const points = sineCloud(50, 1, 1);
    const { x, density } = kernelDensity1D(points, { bandwidth: 0.2, range: [-1, 1], points: 2001 });
    // scipy.stats.gaussian_kde of the same points with bandwidth 0.2, at −1, 0, 0.5; the grid errs by (h/0.2)²/12 = 2e-6.
    const expected = [0.44925624, 0.33921795, 0.37501679];
    [0, 1000, 1500].forEach((node, k) => {
      expect(x[node]).toBeCloseTo([-1, 0, 0.5][k]!, 12);
      expect(Math.abs(density[node]! / expected[k]! - 1)).toBeLessThan(1e-5);
    });
  });

  it('weighs atoms: a Dirac gives the kernel', () => {
    const { x, density, bandwidth } = kernelDensity1D(empiricalMeasure([2, 9], [1, 0]), {
      bandwidth: 0.5,
      points: 401,
    });
    expect(bandwidth).toBe(0.5);
    expect([x[0], x[400]]).toEqual([0.5, 3.5]);
    expect(density[200]).toBeCloseTo(1 / (0.5 * Math.sqrt(2 * Math.PI)), 4);
  });

  it('integrates to 1 in one and two coordinates, whatever the default bandwidth', () => {
    const cloud = randomCloud(8, 400, 3, true);
    const line = kernelDensity1D(cloud, { coordinate: 2 });
    const h = line.x[1]! - line.x[0]!;
    expect(h * line.density.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 2);
    const plane = kernelDensity2D(cloud, { coordinates: [2, 0] });
    const cell = (plane.x[1]! - plane.x[0]!) * (plane.y[1]! - plane.y[0]!);
    expect(cell * plane.density.data.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 1.9);
    expect(plane.density.shape).toEqual([96, 96]);
  });

  it('in two coordinates is a product for a product measure', () => {
    const plane = kernelDensity2D([[1, 5]], {
      points: 21,
      axes: [
        { bandwidth: 0.5, range: [0, 2] },
        { bandwidth: 2, range: [1, 9] },
      ],
    });
    expect(plane.density.get(10, 10)).toBeCloseTo(1 / (2 * Math.PI), 2);
    // Asymmetric point: node (5, 14) is one standard deviation off in x and 0.8 in y.
    expect(plane.density.get(5, 14) / plane.density.get(10, 10)).toBeCloseTo(Math.exp(-0.5 - 0.32), 10);
  });

  it('draws a measure without spread, and refuses nonsense', () => {
    expect(kernelDensity1D([3, 3]).bandwidth).toBeCloseTo(0.003, 15);
    expect(() => kernelDensity1D([1, 2], { bandwidth: 0 })).toThrow('bandwidth must be');
    expect(() => kernelDensity1D([1, 2], { range: [1, 1] })).toThrow('range must be');
    expect(() => kernelDensity2D([1, 2])).toThrow('coordinate must be');
  });
});
