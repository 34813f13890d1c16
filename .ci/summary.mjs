// Adds up the test report (vitest's JSON) and the last lines of the runs over documents: "N passed, N failed".
import { readFileSync } from 'node:fs';

const [report, ...runs] = process.argv.slice(2);
let passed = 0;
let failed = 0;
let skipped = 0;
try {
  const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
  passed += numPassedTests;
  failed += numFailedTests + (numFailedTests === 0 ? numFailedTestSuites : 0);
  skipped += numPendingTests;
} catch {
  failed += 1;
}
for (const run of runs) {
  const [, ok, bad] = /(\d+) passed, (\d+) failed\s*$/.exec(readFileSync(run, 'utf8')) ?? [];
  passed += Number(ok ?? 0);
  failed += Number(bad ?? 0);
}
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
