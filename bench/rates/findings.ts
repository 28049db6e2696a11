/** What the published run showed, in words; each a paragraph. */
export const FINDINGS: readonly string[] = [];
