import { ArgumentError } from '../base/errors.ts';

/** A loss ℓ(f, y), convex and differentiable in the prediction f. */
export interface Loss {
  readonly name: string;
  /** True if ∂ℓ/∂f is affine in f: then dropout's noise acts through a penalty alone (docs/theory.md section 2). */
  readonly quadratic: boolean;
  value(prediction: number, target: number): number;
  /** ∂ℓ/∂f. */
  derivative(prediction: number, target: number): number;
  /** Throws an ArgumentError unless all targets are allowed. */
  checkTargets?(targets: Float64Array): void;
}

/** ℓ(f, y) = (f - y)²/2. */
export const squaredLoss: Loss = {
  name: 'squared',
  quadratic: true,
  value: (f, y) => 0.5 * (f - y) * (f - y),
  derivative: (f, y) => f - y,
};

/** ℓ(f, y) = log(1 + e^(-yf)) with targets y = ±1. */
export const logisticLoss: Loss = {
  name: 'logistic',
  quadratic: false,
  value: (f, y) => Math.max(-y * f, 0) + Math.log1p(Math.exp(-Math.abs(f))),
  derivative: (f, y) => -y / (1 + Math.exp(y * f)),
  checkTargets(targets) {
    for (let j = 0; j < targets.length; j++)
      if (targets[j] !== 1 && targets[j] !== -1)
        throw new ArgumentError(`targets[${j}]`, targets[j], '-1 or 1 for the logistic loss');
  },
};

/** The built-in losses by name. */
export const LOSSES = { squared: squaredLoss, logistic: logisticLoss } as const;
