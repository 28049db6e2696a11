import { test } from 'vitest';
import { suite } from './suite.ts';

test.each(suite)('$name', async ({ run }) => run({ seed: 4 }));
