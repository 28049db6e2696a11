import { checkInteger, checkNumber, checkOneOf } from '../../base/check.ts';
import { diffusionApproximation, limit, phaseGradientFlow } from '../../dropout/index.ts';
import type { LearningTask } from '../../network/index.ts';
import { type BrownianSource, freshBrownian, overCloud, StepFailure } from '../../process/index.ts';
import { fillNormal, type PoissonClock, poissonClock, type Stream } from '../../random/index.ts';
import { rk4, sriw1 } from '../../scheme/index.ts';
import type { Coupling } from './coupling.ts';
import { hungarianIncrements } from './hungarian-increments.ts';
import { ringingCloud } from './ringing-cloud.ts';
import { coupledStart } from './start.ts';

/** Options of `jumpsToDiffusion`. */
export interface JumpsToDiffusionOptions {
  /** α > 0. */
  readonly jumpSize: number;
  /** N ≥ 1, the particles of each cloud. */
  readonly particles: number;
  /** What the jumps are held against. Default `diffusion`; `flow` is the gradient flow, which shares the start only. */
  readonly approximation?: 'diffusion' | 'flow';
  /** The longest step of the approximation's scheme, mean-field time. Default the smaller of α/2 and 1/32. */
  readonly step?: number;
}

/**
 * Poisson jumps (first) and their diffusion approximation (second), as two clouds of N particles that interact through their own F,
 * on the same start, with the Brownian motion of each particle close to its compensated clock: W ≈ -√α(N_t - t/α) within
 * O(√α log(1/α)) for all t (`hungarianIncrements`). So the paths differ by O(α log(1/α)), where the flow's differ by O(√α).
 *
 * The diffusion is solved by `sriw1` (strong order 1.5; 2 without noise) on a dyadic grid of the horizon; the sides are compared at
 * its steps. Memory: 2N numbers a step.
 */
export function jumpsToDiffusion(options: JumpsToDiffusionOptions): Coupling {
  const jumpSize = checkNumber('jumpSize', options.jumpSize, { above: 0 });
  const count = checkInteger('particles', options.particles, { min: 1, max: 2 ** 31 - 1 });
  const approximation = checkOneOf('approximation', options.approximation ?? 'diffusion', ['diffusion', 'flow']);
  const longest = checkNumber('step', options.step ?? Math.min(jumpSize / 2, 1 / 32), { above: 0 });
  return {
    name: `jumps-to-${approximation}`,
    shared: approximation === 'flow' ? 'start' : 'start, and Brownian motions that follow the clocks',
    start(task, { horizon, rng }) {
      const jumping = coupledStart(task, count, rng);
      const moving = jumping.slice();
      const cells = 2 ** Math.max(0, Math.ceil(Math.log2(horizon / longest)));
      const step = horizon / cells;
      const clock = poissonClock({ count, rate: 1 / jumpSize, rng: rng.split('clock') });
      const jumps = ringingCloud(task, jumping, clock);
      const brownian = approximation === 'flow' ? freshBrownian(rng, 0) : followingClocks(clock, horizon, cells, rng);
      const stepper = (approximation === 'flow' ? rk4({ step }) : sriw1({ step })).start({
        process: overCloud(approximated(task, jumpSize, approximation), count),
        cloud: moving,
        time: 0,
        until: horizon,
        rng: rng.split('scheme'),
        brownian,
      });
      return {
        first: { particles: jumping, count },
        second: { particles: moving, count },
        pairs: count,
        tick: step,
        ticks: cells,
        advanceTo(index) {
          const time = index * step;
          jumps.advanceTo(time);
          if (!jumping.every(Number.isFinite))
            throw new StepFailure('diverged', time, 'a jumping particle stopped being finite; take a smaller jumpSize');
          for (let k = Math.round(stepper.time / step); k < index; k++) stepper.step((k + 1) * step);
        },
      };
    },
  };
}

function approximated(task: LearningTask, jumpSize: number, approximation: 'diffusion' | 'flow') {
  return approximation === 'flow' ? limit(phaseGradientFlow(), task) : diffusionApproximation(task, { jumpSize });
}

/** Brownian motions of the other sign than the compensated clocks: a ring moves a particle against the gradient. */
function followingClocks(clock: PoissonClock, horizon: number, cells: number, rng: Stream): BrownianSource {
  const { count, rate } = clock;
  const counts = new Int32Array(count * cells);
  for (const walk = clock.walk(); walk.time <= horizon; walk.next())
    counts[walk.particle * cells + Math.min(cells - 1, Math.floor((walk.time * cells) / horizon))]!++;
  const increments = hungarianIncrements({ counts, cells, horizon, rate }, rng.split('within rings'));
  const areas = rng.split('area');
  const incrementInto = (from: number, to: number, out: Float64Array): void => {
    out.fill(0);
    const end = Math.round((to * cells) / horizon);
    for (let k = Math.round((from * cells) / horizon); k < end; k++)
      for (let i = 0; i < count; i++) out[i]! -= increments[k * count + i]!;
  };
  return {
    paths: count,
    incrementInto,
    incrementAndAreaInto(from, to, increment, area) {
      incrementInto(from, to, increment);
      fillNormal(areas.split(Math.round((from * cells) / horizon)), area);
      const scale = Math.sqrt((to - from) / 12);
      for (let i = 0; i < count; i++) area[i]! *= scale;
    },
    forgetBefore() {},
    // The name of the stream is all there is to know.
    save() {},
    load() {},
  };
}
