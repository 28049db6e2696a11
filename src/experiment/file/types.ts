/** An experiment file as it is written: the JSON that `schema/experiment.schema.json` describes. */
export interface ExperimentFile {
  readonly $schema?: string;
  readonly data: CsvData | InlineData | TeacherData;
  readonly network: PerceptronNetwork | LinearNetwork;
  /** Default `squared`. */
  readonly loss?: LossName;
  readonly initial: FixedPoints | IndependentNormals;
  /** Mean-field time at which runs end. */
  readonly horizon: number;
  /** Names every random number. Default 1. */
  readonly seed?: number;
}

export type LossName = 'squared' | 'logistic';

export type ActivationName = 'tanh' | 'relu' | 'sigmoid' | 'softplus' | 'gelu' | 'erf' | 'identity';

/** A column by its index, counted from 0 and negative from the end, or by its name in the header. */
export type ColumnReference = number | string;

/** A file of comma-separated numbers. */
export interface CsvData {
  /** Relative to the experiment file's folder, else to the working directory. */
  readonly csv: string;
  /** Default -1, the last column. */
  readonly target?: ColumnReference;
  /** Input columns to leave out; `constant` leaves out those that are constant in the rows in use. Default none. */
  readonly drop?: readonly ColumnReference[] | 'constant';
  /** Whether the first row holds names. By default it does if none of its cells is a number. */
  readonly header?: boolean;
  /** Default a comma. */
  readonly delimiter?: ',' | ';' | '\t';
  /** Use this many rows, drawn without replacement by the experiment's seed. Default all. */
  readonly rows?: number;
  /** Shift and scale each input, and a target of more than two values, to mean 0 and variance 1. Default false. */
  readonly standardize?: boolean;
}

/** Data written out in the file. */
export interface InlineData {
  /** `[m, d]`. */
  readonly inputs: readonly (readonly number[])[];
  /** Length m. */
  readonly targets: readonly number[];
  /** Length m, not negative. Default 1/m each. */
  readonly weights?: readonly number[];
}

/** Data made by a random two-layer network; see `teacherData`. */
export interface TeacherData {
  readonly teacher: {
    readonly dimension: number;
    readonly samples: number;
    readonly neurons: number;
    /** Default `relu`. */
    readonly activation?: ActivationName;
    /** Default 0. */
    readonly seed?: number;
  };
}

export interface PerceptronNetwork {
  readonly neuron: 'perceptron';
  /** Default `tanh`. */
  readonly activation?: ActivationName;
  /** Default false. */
  readonly bias?: boolean;
}

export interface LinearNetwork {
  readonly neuron: 'linear';
}

/** Neurons that start at given places: the width is their number, and limits start from their empirical measure. */
export interface FixedPoints {
  /** `[k, p]`. */
  readonly points: readonly (readonly number[])[];
}

/** Neurons that start as independent centred normals, given by standard deviation. */
export interface IndependentNormals {
  /** Of a perceptron's output weight. */
  readonly outer?: { readonly normal: number };
  /** Of a perceptron's input weights and bias, or of all coordinates of a linear neuron. */
  readonly inner?: { readonly normal: number };
}
