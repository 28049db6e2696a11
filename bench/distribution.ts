/**
 * How accurate are the solvers of distribution space? Prints errors against exact moments, agreement with path space, orders in time and in
 * resolution, and the variance of array-RQMC against independent particles.
 *
 *   npx tsx bench/distribution.ts [--only oracle|agreement|time|space|rqmc] [--replicates 32]
 */
import {
  arrayRqmc,
  characteristics,
  DISTRIBUTION_SCHEMES,
  distributionSchemesFor,
  grid,
  linearLimitMoments,
  type Phase,
  phaseGradientFlow,
  phasePenalizedFlow,
  phasePoissonJump,
  type Representation,
  solveDistribution,
  solveLimit,
  splitAndCompress,
} from '../src/dropout/index.ts';
import { independentNormals, type LearningTask, logisticLoss } from '../src/network/index.ts';
import { stream } from '../src/random/index.ts';
import {
  FLOWS,
  farthest,
  fittedOrder,
  JUMPS,
  linearSpace,
  tanhLine,
  tanhPlane,
  tanhSpace,
} from '../test/dropout/distribution-tasks.ts';
import { linearTask } from '../test/dropout/linear-task.ts';

const option = (name: string, fallback: string) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : (process.argv[at + 1] ?? fallback);
};
const ONLY = option('only', '');
const REPLICATES = Number(option('replicates', '32'));

const short = (value: number) => value.toExponential(1).padStart(9);
const heading = (text: string) => console.log(`\n${text}\n${'-'.repeat(text.length)}`);
const isFlow = (phase: Phase) => FLOWS.some(({ id }) => id === phase.id);

function cpuSeconds<T>(work: () => T): readonly [T, number] {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return [result, (user + system) / 1e6];
}

function oracle(): void {
  heading(
    'Linear neuron, horizon 1: error of the mean and of the second moment, what the solver estimates, CPU seconds',
  );
  const task = linearTask(1, independentNormals([1], [0.3]));
  const flows = {
    'quadrature 16': characteristics({ nodes: 16 }),
    'finite volumes 401': grid({ cells: 401 }),
    'remeshing 201': grid({ cells: 201, flow: 'remeshing' }),
  };
  const jumps = {
    'grid 201, cubic': grid({ cells: 201 }),
    'grid 201, linear': grid({ cells: 201, deposit: 'linear' }),
    'split, 200 atoms': splitAndCompress({ atoms: 200 }),
    'array-RQMC 4096': arrayRqmc({ particles: 4096 }),
  };
  for (const phase of [...FLOWS, ...JUMPS])
    for (const [name, representation] of Object.entries<Representation>(isFlow(phase) ? flows : jumps)) {
      const options = { horizon: 1, representation, partnerPoints: 32, rng: stream(1) };
      const [{ final }, seconds] = cpuSeconds(() => solveDistribution(phase, task, options));
      const exact = linearLimitMoments(phase, { target: 1, start: { mean: 0.3, secondMoment: 1.09 }, time: 1 });
      const total = final.error!.total;
      console.log(
        `${phase.id.padEnd(16)}${name.padEnd(20)}${short(final.mean[0]! - exact.mean)}${short(final.secondMoment[0]! - exact.secondMoment)}   estimated${short(total.mean[0]!)}${short(total.secondMoment[0]!)}${seconds.toFixed(2).padStart(8)} s`,
      );
    }
}

function agreement(): void {
  heading('Path space against distribution space: largest |z| of a prediction, and the largest difference');
  const tasks: Record<string, LearningTask> = {
    'linear p=1': linearSpace(1),
    'linear p=2': linearSpace(2),
    'linear p=3': linearSpace(3),
    'tanh p=1': tanhLine(),
    'tanh p=2': tanhPlane(),
    'tanh p=3': tanhSpace(),
    'tanh p=2, logistic': tanhPlane(logisticLoss),
  };
  for (const [name, task] of Object.entries(tasks))
    for (const phase of [...FLOWS, ...JUMPS]) {
      const p = task.neuron.dimension;
      const representation = isFlow(phase)
        ? characteristics(p <= 2 ? { nodes: 32 ** p } : { nodes: 4096, points: 'sobol' })
        : p === 1
          ? grid({ cells: 151 })
          : arrayRqmc({ particles: 2048 });
      const { final } = solveDistribution(phase, task, {
        horizon: 1,
        representation,
        partnerPoints: 32,
        rng: stream(1),
      });
      const clouds = Array.from(
        { length: 20 },
        (_, r) => solveLimit(phase, task, { horizon: 1, particles: 2000, rng: stream(2).split(r) }).finalStatistic,
      );
      let z = 0;
      let apart = 0;
      final.predictions.forEach((value, j) => {
        const mean = clouds.reduce((sum, cloud) => sum + cloud[j]!, 0) / 20;
        const variance = clouds.reduce((sum, cloud) => sum + (cloud[j]! - mean) ** 2, 0) / 19;
        apart = Math.max(apart, Math.abs(mean - value));
        z = Math.max(
          z,
          Math.abs(mean - value) / Math.hypot(Math.sqrt(variance / 20), final.error!.total.predictions[j]!),
        );
      });
      console.log(
        `${name.padEnd(20)}${phase.id.padEnd(16)}${representation.kind.padEnd(17)}|z|${z.toFixed(1).padStart(5)}${short(apart)}`,
      );
    }
}

function predictionsOf(
  phase: Phase,
  task: LearningTask,
  representation: Representation,
  time: { scheme?: string; step: number },
) {
  return solveDistribution(phase, task, {
    horizon: 1,
    representation,
    time: time as never,
    estimateError: false,
    rng: stream(1),
  }).final.predictions;
}

function timeOrders(): void {
  heading('Order in time, tanh neuron with one parameter: declared, observed, errors');
  const cases: [Phase, Representation][] = [
    [phasePenalizedFlow({ activeCount: 1 }), characteristics({ nodes: 24 })],
    [phasePenalizedFlow({ activeCount: 1 }), grid({ cells: 31, bounds: [[-6, 7]] })],
    [phasePoissonJump({ jumpSize: 1 }), grid({ cells: 101, bounds: [[-6, 7]], deposit: 'linear' })],
  ];
  for (const [phase, representation] of cases)
    for (const scheme of distributionSchemesFor(phase, representation)) {
      const steps = isFlow(phase) && representation.kind === 'grid' ? [32, 64, 128] : [2, 4, 8, 16];
      const exact = predictionsOf(phase, tanhLine(), representation, {
        scheme: isFlow(phase) ? scheme : 'ssp-rk4',
        step: 1 / 512,
      });
      const errors = steps.map((n) =>
        farthest(predictionsOf(phase, tanhLine(), representation, { scheme, step: 1 / n }), exact),
      );
      const { order } = DISTRIBUTION_SCHEMES.find(({ name }) => name === scheme)!;
      console.log(
        `${phase.id.padEnd(16)}${representation.kind.padEnd(17)}${scheme.padEnd(13)}${order}  ${(-fittedOrder(steps, errors)).toFixed(2)} ${errors.map(short).join('')}`,
      );
    }
}

function spaceOrders(): void {
  heading('Order in the spacing: observed, errors at 41, 81, 161, 321 nodes an axis');
  const flow = phasePenalizedFlow({ activeCount: 1 });
  const jump = phasePoissonJump({ jumpSize: 4 });
  const bounds = [[-5, 6]] as const;
  const sizes = [41, 81, 161, 321];
  const rows = [
    ['finite volumes (2)', flow, {}, 0.1],
    ['remeshing (3)', flow, { flow: 'remeshing' as const }, 0.1],
    ['linear deposit (2)', jump, { deposit: 'linear' as const }, 0.5],
    ['cubic deposit (4)', jump, { deposit: 'cubic' as const }, 0.5],
  ] as const;
  for (const [name, phase, options, step] of rows) {
    const exact = isFlow(phase)
      ? predictionsOf(phase, tanhLine(), characteristics({ nodes: 256 }), { step: 0.02 })
      : predictionsOf(phase, tanhLine(), grid({ cells: 2561, bounds }), { step });
    const errors = sizes.map((cells) =>
      farthest(predictionsOf(phase, tanhLine(), grid({ cells, bounds, ...options }), { step }), exact),
    );
    console.log(
      `${name.padEnd(22)}${(
        -fittedOrder(
          sizes.map((n) => n - 1),
          errors,
        )
      ).toFixed(2)} ${errors.map(short).join('')}`,
    );
  }
  const exact = predictionsOf(phaseGradientFlow(), tanhLine(), characteristics({ nodes: 256 }), { step: 0.05 });
  const nodes = [8, 16, 32, 64, 128];
  console.log(
    `quadrature nodes ${nodes.join(', ')}: ${nodes.map((n) => short(farthest(predictionsOf(phaseGradientFlow(), tanhLine(), characteristics({ nodes: n }), { step: 0.05 }), exact))).join('')}`,
  );
}

function rqmc(): void {
  heading(
    `Array-RQMC against independent particles: tanh neuron with three parameters, Poisson jumps of size 0.5, horizon 1, ${REPLICATES} replicates`,
  );
  const phase = phasePoissonJump({ jumpSize: 0.5 });
  const task = tanhSpace();
  const sizes = [256, 1024, 4096, 16384];
  const variances: number[] = [];
  const slow: number[] = [];
  for (const particles of sizes) {
    const [fast, fastSeconds] = cpuSeconds(() =>
      Array.from(
        { length: REPLICATES },
        (_, r) =>
          solveDistribution(phase, task, {
            horizon: 1,
            representation: arrayRqmc({ particles }),
            replicates: 1,
            estimateError: false,
            rng: stream(5).split(particles, r),
          }).final.predictions,
      ),
    );
    const [plain, plainSeconds] = cpuSeconds(() =>
      Array.from(
        { length: REPLICATES },
        (_, r) => solveLimit(phase, task, { horizon: 1, particles, rng: stream(6).split(particles, r) }).finalStatistic,
      ),
    );
    const [a, b] = [statistics(fast), statistics(plain)];
    variances.push(a.total);
    slow.push(b.total);
    const z = a.mean.map((mean, j) => (mean - b.mean[j]!) / Math.sqrt((a.variance[j]! + b.variance[j]!) / REPLICATES));
    console.log(
      `N = ${String(particles).padEnd(6)} variance${short(a.total)} against${short(b.total)}: ${(b.total / a.total).toFixed(1)} times smaller; bias z ${z.map((v) => v.toFixed(1)).join(' ')}; CPU ${((1000 * fastSeconds) / REPLICATES).toFixed(0)} against ${((1000 * plainSeconds) / REPLICATES).toFixed(0)} ms`,
    );
  }
  console.log(
    `variance falls as N^${fittedOrder(sizes, variances).toFixed(2)} against N^${fittedOrder(sizes, slow).toFixed(2)}`,
  );
}

function statistics(rows: readonly Float64Array[]) {
  const mean = Array.from(rows[0]!, (_, j) => rows.reduce((sum, row) => sum + row[j]!, 0) / rows.length);
  const variance = mean.map((m, j) => rows.reduce((sum, row) => sum + (row[j]! - m) ** 2, 0) / (rows.length - 1));
  return { mean, variance, total: variance.reduce((x, y) => x + y) };
}

for (const [name, run] of Object.entries({ oracle, agreement, time: timeOrders, space: spaceOrders, rqmc }))
  if (ONLY === '' || ONLY === name) run();
