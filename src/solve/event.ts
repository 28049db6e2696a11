import type { Snapshot } from './snapshot.ts';

/** What an event does to the run. A returned `change` has moved `cloud` in place; rates are recomputed after it. */
export type EventAction = 'continue' | 'terminate';

/**
 * A condition that is watched during a run: it happens where `when` crosses zero. It is looked at after each step, so a crossing and
 * its return within one step go unseen: keep steps shorter than that (`maxStep` of adaptive schemes).
 */
export interface SolveEvent {
  /** For the outcome's message. */
  readonly name: string;
  /** A continuous function of the moment; the event is where it crosses zero. */
  readonly when: (moment: Snapshot) => number;
  /** Which crossings count. Default `either`. */
  readonly direction?: 'rising' | 'falling' | 'either';
  /**
   * What happens then: it may change `moment.cloud` in place. Return 'terminate' to end the run. Default: terminate.
   */
  readonly effect?: (moment: Snapshot) => EventAction;
  /** Precision of the root, mean-field time. Default 1e-10 of the length of the run. */
  readonly tolerance?: number;
}
