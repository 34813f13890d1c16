// What failed, by name, and then all counts in one line: "N passed, N failed". Reads the test report (vitest's JSON) and the
// last lines of the runs over documents.
import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

const [report, ...runs] = process.argv.slice(2);
let passed = 0;
let failed = 0;
let skipped = 0;
try {
  const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  passed += numPassedTests;
  failed += numFailedTests + (numFailedTests === 0 ? numFailedTestSuites : 0);
  skipped += numPendingTests;
  for (const line of testResults.flatMap(failuresOf)) console.log(line);
} catch (error) {
  console.log(`FAILED the tests made no report: ${existsSync(report) ? error : 'no file'}`);
  failed += 1;
}
for (const run of runs) {
  const text = readFileSync(run, 'utf8');
  const [, ok, bad] = /(\d+) passed, (\d+) failed\s*$/.exec(text) ?? [];
  for (const line of text.split('\n').filter((row) => / FAILED\b/.test(row))) console.log(`FAILED ${line.trim()}`);
  passed += Number(ok ?? 0);
  failed += Number(bad ?? 1);
}
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);

/** Each failed test of a file, or the file where it never came to a test, with the beginning of what it says. */
function failuresOf({ name, status, message, assertionResults }) {
  const file = relative(process.cwd(), name);
  const tests = assertionResults.filter((test) => test.status === 'failed');
  if (tests.length === 0) return status === 'failed' ? [`FAILED ${file}\n${beginning(message)}`] : [];
  return tests.map((test) => `FAILED ${file} > ${test.fullName}\n${beginning(test.failureMessages.join('\n'))}`);
}

function beginning(message = '') {
  return message
    .split('\n')
    .slice(0, 12)
    .map((line) => `  ${line.slice(0, 300)}`)
    .join('\n');
}
