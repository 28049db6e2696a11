import { type Ensemble, EnsembleMoments, type EnsembleMomentsState } from '../../solve/index.ts';

/** An ensemble as plain data, for the way between threads. */
export type PlainEnsemble = Omit<Ensemble, 'moments'> & { readonly moments: readonly EnsembleMomentsState[] };

export function plainEnsemble(ensemble: Ensemble): PlainEnsemble {
  return { ...ensemble, moments: ensemble.moments.map((moments) => moments.state()) };
}

/** The inverse of `plainEnsemble`. */
export function ensembleFrom(plain: PlainEnsemble): Ensemble {
  return { ...plain, moments: plain.moments.map((state) => EnsembleMoments.from(state)) };
}
