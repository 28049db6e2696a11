import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ArgumentError } from '../base/errors.ts';
import type { LearningTask } from '../network/task.ts';
import { csvDataset } from './data/csv.ts';
import type { Dataset } from './data/dataset.ts';
import { teacherDataset } from './data/teacher.ts';
import { checkExperimentFile } from './file/check.ts';
import type { CsvData, ExperimentFile, InlineData } from './file/types.ts';
import { buildTask, fixedNeurons, type TaskDescription } from './task.ts';

/** An experiment, read and checked: its data are loaded and its learning task is built. */
export interface Experiment {
  /** The path of the experiment file, if it came from one. */
  readonly path?: string;
  readonly file: ExperimentFile;
  readonly dataset: Dataset;
  /** The task as plain data, to send to other threads. */
  readonly description: TaskDescription;
  readonly task: LearningTask;
  /** Mean-field time at which runs end. */
  readonly horizon: number;
  readonly seed: number;
  /** The number of fixed neurons, or undefined if the start is sampled. */
  readonly fixedNeurons?: number;
}

/** Where an experiment's CSV file is looked for. */
export interface ExperimentPlace {
  /** The folder that `data.csv` is relative to, first. Default: `workingDirectory`. */
  readonly folder?: string;
  /** The folder that `data.csv` is relative to if the first has no such file. Default: that of the process. */
  readonly workingDirectory?: string;
}

/**
 * Reads an experiment file and the data it names. Paths in it are relative to its own folder or, where that has no such
 * file, to the working directory.
 *
 * Throws an ArgumentError, with the path of the experiment file in front, for whatever is wrong with it.
 */
export async function readExperiment(path: string, options: { workingDirectory?: string } = {}): Promise<Experiment> {
  const workingDirectory = options.workingDirectory ?? process.cwd();
  const full = resolve(workingDirectory, path);
  const text = await readText('FILE', path, [full], 'an experiment file that can be read');
  try {
    const experiment = await loadExperiment(parseJson(text), { folder: dirname(full), workingDirectory });
    return { ...experiment, path };
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error;
    throw new ArgumentError(`${path}: ${error.argument}`, error.value, error.allowed);
  }
}

/** Checks the content of an experiment file, loads its data and builds its task. Throws an ArgumentError that names the field. */
export async function loadExperiment(value: unknown, place: ExperimentPlace = {}): Promise<Experiment> {
  const file = checkExperimentFile(value);
  const seed = file.seed ?? 1;
  const dataset = await loadDataset(file, seed, place);
  const description: TaskDescription = {
    network: file.network,
    loss: file.loss ?? 'squared',
    inputs: dataset.inputs,
    targets: dataset.targets,
    ...(dataset.weights === undefined ? {} : { weights: dataset.weights }),
    initial: file.initial,
  };
  const fixed = fixedNeurons(file);
  return {
    file,
    dataset,
    description,
    task: buildTask(description),
    horizon: file.horizon,
    seed,
    ...(fixed === undefined ? {} : { fixedNeurons: fixed }),
  };
}

async function loadDataset({ data, loss = 'squared' }: ExperimentFile, seed: number, place: ExperimentPlace) {
  if ('teacher' in data) return teacherDataset(data);
  if ('inputs' in data) return inlineDataset(data);
  return csvDataset(data.csv, await readCsv(data, place), data, loss, seed);
}

function readCsv({ csv }: CsvData, { folder, workingDirectory = process.cwd() }: ExperimentPlace): Promise<string> {
  const places = [...new Set([resolve(folder ?? workingDirectory, csv), resolve(workingDirectory, csv)])];
  return readText('data.csv', csv, places, `a file that can be read (looked for ${places.join(' and ')})`);
}

function inlineDataset({ inputs, targets, weights }: InlineData): Dataset {
  const columns = inputs[0]!.length;
  return {
    inputs: { data: Float64Array.from(inputs.flat()), rows: inputs.length, columns },
    targets: Float64Array.from(targets),
    ...(weights === undefined ? {} : { weights: Float64Array.from(weights) }),
    source: 'given inputs',
  };
}

async function readText(field: string, value: string, places: readonly string[], allowed: string): Promise<string> {
  for (const place of places) {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(place));
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR') continue;
      if (cause instanceof TypeError) throw new ArgumentError(field, value, 'a text file in UTF-8');
      throw new ArgumentError(field, value, `${allowed}; ${code ?? 'it can not be opened'}`);
    }
  }
  throw new ArgumentError(field, value, allowed);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replaceAll(/\s+/g, ' ') : String(cause);
    throw new ArgumentError('the file', shortened(text), `JSON (${reason})`);
  }
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}
