import { erfPlane } from './erf';
import { geluPlane } from './gelu';
import { reluPlane } from './relu';
import { sigmoidPlane } from './sigmoid';
import { softplusPlane } from './softplus';
import { tanhPlane } from './tanh';

/** The numbers of the activations; src/kernels/simd/activations.ts has the same list. */
export const TANH = 0;
export const RELU = 1;
export const SIGMOID = 2;
export const IDENTITY = 3;
const SOFTPLUS = 4;
const ERF = 5;

/** True if σ′ is not a function of σ, so that a plane of slopes follows the plane of values. */
export function keepsSlopes(kind: i32): bool {
  return kind >= SOFTPLUS;
}

/** Turns a plane of pre-activations into σ, in place, and writes σ′ behind it where it is kept; `scratch` is a plane as well. */
export function activate(kind: i32, plane: usize, bytes: usize, scratch: usize): void {
  if (kind == TANH) tanhPlane(plane, bytes, scratch);
  else if (kind == RELU) reluPlane(plane, bytes);
  else if (kind == SIGMOID) sigmoidPlane(plane, bytes);
  else if (kind == IDENTITY) return;
  else if (kind == SOFTPLUS) softplusPlane(plane, bytes);
  else if (kind == ERF) erfPlane(plane, bytes);
  else geluPlane(plane, bytes);
}
