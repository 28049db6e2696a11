import ndarray, { type NdArray } from 'ndarray';
import { ArgumentError } from './errors.ts';

/** A matrix `[rows, columns]` over 64-bit floats: what the public API returns. */
export type Matrix = NdArray<Float64Array>;

/** What the public API accepts as a matrix: an ndarray (any strides), or nested arrays. */
export type MatrixLike = NdArray | readonly (readonly number[] | Float64Array)[];

/** What the public API accepts as a vector. */
export type VectorLike = ArrayLike<number> | NdArray;

/** A contiguous row-major matrix: the form in which kernels take one. */
export interface RowMajor {
  readonly data: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

/** Copies any matrix into contiguous row-major storage. Throws on ragged rows, wrong rank and entries that are not finite. */
export function toRowMajor(name: string, value: MatrixLike): RowMajor {
  return isNdArray(value) ? fromView(name, value) : fromNested(name, value);
}

/** Copies any vector into a Float64Array. Throws on wrong rank, wrong length and entries that are not finite. */
export function toVector(name: string, value: VectorLike, length?: number): Float64Array {
  let out: Float64Array;
  if (isNdArray(value)) {
    if (value.shape.length !== 1)
      throw new ArgumentError(name, value.shape, 'an ndarray of rank 1 (this is its shape)');
    out = new Float64Array(value.shape[0]!);
    for (let i = 0; i < out.length; i++) out[i] = Number(value.get(i));
  } else if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    out = Float64Array.from(value as ArrayLike<number>);
  } else {
    throw new ArgumentError(name, value, 'an array, a typed array or an ndarray of rank 1');
  }
  if (length !== undefined && out.length !== length)
    throw new ArgumentError(`${name}.length`, out.length, String(length));
  for (let i = 0; i < out.length; i++)
    if (!Number.isFinite(out[i])) throw new ArgumentError(`${name}[${i}]`, at(value, i), 'a finite number');
  return out;
}

/** An ndarray `[rows, columns]` that shares `data`. */
export function asMatrix(data: Float64Array, rows: number, columns: number): Matrix {
  return ndarray(data, [rows, columns]);
}

function at(value: VectorLike, i: number): unknown {
  return isNdArray(value) ? value.get(i) : (value as ArrayLike<number>)[i];
}

function isNdArray(value: unknown): value is NdArray {
  return typeof value === 'object' && value !== null && 'shape' in value && 'stride' in value && 'get' in value;
}

function fromView(name: string, view: NdArray): RowMajor {
  if (view.shape.length !== 2) throw new ArgumentError(name, view.shape, 'an ndarray of rank 2 (this is its shape)');
  const [rows, columns] = view.shape as [number, number];
  const data = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) data[i * columns + j] = finite(name, i, j, Number(view.get(i, j)));
  return { data, rows, columns };
}

function fromNested(name: string, value: readonly (readonly number[] | Float64Array)[]): RowMajor {
  if (!Array.isArray(value)) throw new ArgumentError(name, value, 'an ndarray of rank 2 or an array of rows');
  const rows = value.length;
  const columns = (value[0] as ArrayLike<number> | undefined)?.length ?? 0;
  const data = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    const row = value[i] as ArrayLike<number>;
    if (!Array.isArray(row) && !ArrayBuffer.isView(row))
      throw new ArgumentError(`${name}[${i}]`, row, 'an array of numbers');
    if (row.length !== columns)
      throw new ArgumentError(`${name}[${i}].length`, row.length, `${columns}, the length of the first row`);
    for (let j = 0; j < columns; j++) data[i * columns + j] = finite(name, i, j, row[j]);
  }
  return { data, rows, columns };
}

function finite(name: string, i: number, j: number, value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw new ArgumentError(`${name}[${i}][${j}]`, value, 'a finite number');
  return value;
}
