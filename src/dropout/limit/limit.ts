import type { LearningTask, Team } from '../../network/index.ts';
import type { MeanFieldProcess } from '../../process/index.ts';
import { checkPhase, type Phase } from '../phase/index.ts';
import { gradientFlowProcess } from './gradient-flow.ts';
import { meanFieldJumpProcess } from './mean-field-jump.ts';
import { penalizedFlowProcess } from './penalized-flow.ts';
import { penalizedJumpProcess } from './penalized-jump.ts';

/**
 * The limit of dropout training in a phase, in path space: a process for `solve`, whose statistic is F(μ_t), the network's
 * outputs at the training inputs (docs/theory.md section 2). In the Bernoulli phase jumps come on the clock of the scheme
 * `bernoulliClock({ step: learningRate })`. A process owns scratch memory: make one for each run that goes on at the same time.
 *
 * @param options.team - threads that share the work of the kernel, to the same bits; not for custom neurons
 */
export function limit(
  phase: Phase,
  task: LearningTask,
  { team }: { readonly team?: Team | undefined } = {},
): MeanFieldProcess {
  const checked = checkPhase('phase', phase);
  switch (checked.id) {
    case 'gradient-flow':
      return gradientFlowProcess(task, team);
    case 'poisson-jump':
      return meanFieldJumpProcess(task, checked.id, checked.jumpSize, team);
    case 'bernoulli-jump':
      return meanFieldJumpProcess(task, checked.id, checked.learningRate / checked.keepRate, team);
    case 'penalized-flow':
      return penalizedFlowProcess(task, checked, team);
    case 'penalized-jump':
      return penalizedJumpProcess(task, checked, team);
  }
}
