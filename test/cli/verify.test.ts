import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.ts';
import type { Verify, VerifyOptions } from '../../src/experiment/verify/options.ts';
import type { ClaimReport, VerifyReport } from '../../src/report/types.ts';
import { SMALL, temporaryFolder } from '../experiment/fixtures.ts';

function claim(verdict: ClaimReport['verdict']): ClaimReport {
  return {
    claim: 'fluctuation',
    title: 'Predictions fluctuate as n^(-1/2)',
    predicted: -0.5,
    measured: -0.49,
    interval: [-0.52, -0.46],
    verdict,
    holds: verdict === 'holds',
  };
}

function reportWith(verdict: ClaimReport['verdict']): VerifyReport {
  return {
    format: 'meanfield-verify',
    formatVersion: 1,
    version: '0.0.0',
    experiment: {
      data: { source: 'given inputs', samples: 1, inputs: 1 },
      network: { neuron: 'linear', parameters: 1 },
      loss: 'squared',
      initial: 'x ~ N(0, 1)',
      horizon: 1,
    },
    budget: {},
    seed: 1,
    falseAlarm: 1e-3,
    phases: [
      {
        phase: 'poisson-jump',
        scaling: {
          learningRateExponent: 0.5,
          keepRateExponent: 0.5,
          learningRate0: 1,
          keepRate0: 1,
          text: 'τ = q = n^(-1/2)',
        },
        parameters: { jumpSize: 1 },
        claims: [claim(verdict)],
        rates: [],
      },
    ],
    holds: verdict === 'holds',
  };
}

async function verifyWith(verify: Verify, argv: readonly string[], signal = new AbortController().signal) {
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, 'e.json'), JSON.stringify(SMALL));
  let out = '';
  let err = '';
  const io = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
    environment: { MEANFIELD_THREADS: '1' },
    workingDirectory: cwd,
    signal,
  };
  const status = await run(['verify', 'e.json', ...argv], io, { verify });
  return { status, out, err, cwd };
}

const finding = (verdict: ClaimReport['verdict']) => async () => reportWith(verdict);

describe('verify', () => {
  it('prints a table and writes report.html and results.json', async () => {
    const { status, out, err, cwd } = await verifyWith(finding('holds'), []);
    expect(status).toBe(0);
    expect(out).toContain('Predictions fluctuate');
    expect(err).toContain(join('meanfield-out', 'report.html'));
    expect(await readdir(join(cwd, 'meanfield-out'))).toEqual(['report.html', 'results.json']);
    expect(JSON.parse(await readFile(join(cwd, 'meanfield-out', 'results.json'), 'utf8'))).toEqual(reportWith('holds'));
    expect(await readFile(join(cwd, 'meanfield-out', 'report.html'), 'utf8')).toMatch(/^<!doctype html>/i);
  });

  it('prints the JSON of the contract and nothing else', async () => {
    const { status, out, cwd } = await verifyWith(finding('holds'), ['--json', '--quiet', '--out', 'o']);
    expect(status).toBe(0);
    expect(JSON.parse(out)).toEqual({
      phases: [
        {
          phase: 'poisson-jump',
          claims: [{ claim: 'fluctuation', predicted: -0.5, measured: -0.49, interval: [-0.52, -0.46], holds: true }],
        },
      ],
      holds: true,
    });
    expect(await readdir(join(cwd, 'o'))).toEqual(['report.html', 'results.json']);
  });

  it.each(['fails', 'undecided'] as const)('ends with status 1 where a claim %s', async (verdict) => {
    const { status, cwd } = await verifyWith(finding(verdict), ['--quiet']);
    expect(status).toBe(1);
    expect(await readdir(join(cwd, 'meanfield-out'))).toEqual(['report.html', 'results.json']);
  });

  it('hands on what was asked', async () => {
    const asked: VerifyOptions[] = [];
    const verify: Verify = async (experiment, options) => {
      expect(experiment.task.neuron.name).toBe('linear');
      asked.push(options);
      return reportWith('holds');
    };
    await verifyWith(verify, ['--phases', 'gradient-flow,penalized-jump', '--widths', '64,256', '--seed', '9']);
    expect(asked[0]).toMatchObject({ phases: ['gradient-flow', 'penalized-jump'], widths: [64, 256], seed: 9 });
    expect(asked[0]!.executor.threads).toBe(1);
  });

  it('leaves nothing behind when interrupted', async () => {
    const stop = new AbortController();
    const verify: Verify = (_experiment, { signal }) =>
      new Promise((_resolve, reject) => {
        signal!.addEventListener('abort', () => reject(signal!.reason));
        stop.abort();
      });
    const { status, out, err, cwd } = await verifyWith(verify, [], stop.signal);
    expect({ status, out, err }).toEqual({
      status: 130,
      out: '',
      err: 'meanfield: interrupted; no result was written\n',
    });
    expect(await readdir(cwd)).toEqual(['e.json']);
  });

  it('leaves nothing behind when it fails', async () => {
    const verify: Verify = () => Promise.reject(new Error('no more memory'));
    const { status, out, err, cwd } = await verifyWith(verify, []);
    expect({ status, out, err }).toEqual({ status: 1, out: '', err: 'meanfield: Error: no more memory\n' });
    expect(await readdir(cwd)).toEqual(['e.json']);
  });
});
