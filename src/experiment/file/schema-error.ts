import type { ErrorObject } from 'ajv';
import { ArgumentError } from '../../base/errors.ts';

type Schema = Readonly<Record<string, unknown>>;

/**
 * The first thing that a JSON Schema validator found wrong, as one argument error that names the field, its value and
 * what is allowed. Needs ajv's `verbose` and `allErrors`.
 */
export function schemaError(errors: readonly ErrorObject[], root: Schema): ArgumentError {
  const found = errors.filter((error) => error.keyword !== 'if');
  const first = found.find((error) => error.keyword === 'additionalProperties') ?? found[0] ?? errors[0];
  if (first === undefined) return new ArgumentError('experiment', undefined, 'an experiment');
  const schema = resolve((first.parentSchema ?? {}) as Schema, root);
  const field = fieldName(first.instancePath);
  const value = first.data as Readonly<Record<string, unknown>>;
  if (first.keyword === 'additionalProperties') {
    const extra = first.params.additionalProperty as string;
    const known = Object.keys((schema.properties ?? {}) as Schema).filter((name) => name !== '$schema');
    return new ArgumentError(join(field, extra), value[extra], `left out (allowed here: ${known.join(', ')})`);
  }
  if (first.keyword === 'required') {
    const missing = first.params.missingProperty as string;
    const properties = (schema.properties ?? {}) as Readonly<Record<string, Schema>>;
    if (field === 'data' && !('inputs' in value) && !('targets' in value))
      return new ArgumentError('data', value, 'an object with csv, with inputs and targets, or with teacher');
    return new ArgumentError(
      join(field, missing),
      undefined,
      `given, as ${allowedBy(properties[missing] ?? {}, root)}`,
    );
  }
  return new ArgumentError(field || 'the experiment', first.data, allowedBy(schema, root));
}

/** What a schema allows, as a phrase that continues "must be". */
function allowedBy(unresolved: Schema, root: Schema): string {
  const schema = resolve(unresolved, root);
  if (schema.uniqueItems === true && Array.isArray(schema.type)) return 'an array of different columns, or "constant"';
  if (Array.isArray(schema.enum)) {
    const values = schema.enum.map((value) => JSON.stringify(value));
    return values.length === 1 ? values[0]! : `one of ${values.join(', ')}`;
  }
  const types = (Array.isArray(schema.type) ? schema.type : [schema.type]) as unknown[];
  return types.map((type) => typePhrase(type, schema, root)).join(' or ');
}

function typePhrase(type: unknown, schema: Schema, root: Schema): string {
  switch (type) {
    case 'integer':
      return `an integer${rangePhrase(schema)}`;
    case 'number':
      return `a finite number${rangePhrase(schema)}`;
    case 'boolean':
      return 'true or false';
    case 'string':
      return schema.minLength === undefined ? 'a string' : 'a string that is not empty';
    case 'array':
      return `an array of at least one item, each ${allowedBy((schema.items ?? {}) as Schema, root)}`;
    default:
      return 'an object';
  }
}

function rangePhrase({ minimum, exclusiveMinimum, maximum }: Schema): string {
  if (minimum === undefined && exclusiveMinimum === undefined) return '';
  const low = minimum !== undefined ? `[${minimum}` : `(${exclusiveMinimum}`;
  return ` in ${low}, ${maximum === undefined ? 'inf)' : `${maximum}]`}`;
}

function resolve(schema: Schema, root: Schema): Schema {
  const reference = schema.$ref;
  if (typeof reference !== 'string') return schema;
  let target: unknown = root;
  for (const key of reference.slice(2).split('/')) target = (target as Schema)[key];
  return resolve(target as Schema, root);
}

/** `/data/inputs/3/1` as `data.inputs[3][1]`. */
function fieldName(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((name, part) => (/^\d+$/.test(part) ? `${name}[${part}]` : join(name, part)), '');
}

function join(parent: string, name: string): string {
  return parent === '' ? name : `${parent}.${name}`;
}
