import { Ajv, type ValidateFunction } from 'ajv';
import experimentSchema from '../../../schema/experiment.schema.json' with { type: 'json' };
import { ArgumentError } from '../../base/errors.ts';
import { schemaError } from './schema-error.ts';
import type { ExperimentFile, IndependentNormals, InlineData } from './types.ts';

let compiled: ValidateFunction<ExperimentFile> | undefined;

/**
 * Returns `value` if it is the content of an experiment file: first against the JSON Schema that ships with the package, then
 * across fields (lengths that must agree, laws that the neuron needs, targets that the loss needs).
 *
 * Throws an ArgumentError that names one field, its value and what is allowed.
 */
export function checkExperimentFile(value: unknown): ExperimentFile {
  // Compiled once, on first use: this takes longer than everything else that short commands do.
  compiled ??= new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true, strictRequired: false }).compile(
    experimentSchema,
  );
  if (!compiled(value)) throw schemaError(compiled.errors ?? [], experimentSchema);
  checkAcross(value);
  return value;
}

function checkAcross(file: ExperimentFile): void {
  const { data, network, initial } = file;
  const loss = file.loss ?? 'squared';
  if ('inputs' in data) checkInline(data, loss === 'logistic');
  if ('teacher' in data && loss === 'logistic')
    throw new ArgumentError('loss', loss, '"squared" with data.teacher, whose targets are real numbers');
  if ('points' in initial) return; // their length is checked once the data tell the number of inputs
  if (network.neuron === 'linear') checkLinearLaw(initial);
  else
    for (const part of ['outer', 'inner'] as const)
      if (initial[part] === undefined)
        throw new ArgumentError(
          `initial.${part}`,
          undefined,
          'given for a perceptron, as {"normal": standard deviation}',
        );
}

function checkInline({ inputs, targets, weights }: InlineData, twoClasses: boolean): void {
  const columns = inputs[0]!.length;
  inputs.forEach((row, i) => {
    if (row.length !== columns)
      throw new ArgumentError(`data.inputs[${i}].length`, row.length, `${columns}, as in data.inputs[0]`);
  });
  const allowed = `${inputs.length}, the number of rows of data.inputs`;
  if (targets.length !== inputs.length) throw new ArgumentError('data.targets.length', targets.length, allowed);
  if (weights !== undefined) {
    if (weights.length !== inputs.length) throw new ArgumentError('data.weights.length', weights.length, allowed);
    if (weights.every((weight) => weight === 0))
      throw new ArgumentError('data.weights', weights, 'positive for at least one sample');
  }
  if (twoClasses)
    targets.forEach((target, i) => {
      if (target !== -1 && target !== 1)
        throw new ArgumentError(`data.targets[${i}]`, target, '-1 or 1 for the logistic loss');
    });
}

function checkLinearLaw({ outer, inner }: IndependentNormals): void {
  if (outer === undefined && inner === undefined)
    throw new ArgumentError('initial.inner', undefined, 'given for a linear neuron, as {"normal": standard deviation}');
  if (outer !== undefined && inner !== undefined && outer.normal !== inner.normal)
    throw new ArgumentError(
      'initial.outer.normal',
      outer.normal,
      `${inner.normal}, equal to initial.inner.normal, or left out: a linear neuron has inner weights only`,
    );
}
