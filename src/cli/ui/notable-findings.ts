import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { plural } from './report-skipped.js';

/** Warnings that are about safety, credentials, where requests go, and a schema read as another, the worst first. */
const NOTABLE: readonly string[] = ['MCP401', 'MCP211', 'MCP213', 'MCP208', 'MCP828'];
const MAX_OF_EACH = 5;

/** How many findings there are, by severity: `1 error, 2 warnings`. */
export function countFindings(findings: readonly Diagnostic[]): string {
  const count = (severity: Diagnostic['severity']) =>
    findings.filter((finding) => finding.severity === severity).length;
  const counts: [number, string][] = [
    [count('error'), 'error'],
    [count('warning'), 'warning'],
    [count('info'), 'hint'],
  ];
  return counts
    .filter(([number]) => number > 0)
    .map(([number, noun]) => plural(number, noun))
    .join(', ');
}

/** The findings that a summary names: the first few that are notable, then the first few errors. */
export function notableFindings(findings: readonly Diagnostic[]): Diagnostic[] {
  const notable = NOTABLE.flatMap((code) => findings.filter((finding) => finding.code === code));
  const errors = findings.filter(({ severity }) => severity === 'error');
  return [...notable.slice(0, MAX_OF_EACH), ...errors.slice(0, MAX_OF_EACH)];
}
