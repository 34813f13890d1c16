import { join, relative, resolve } from 'node:path';
import { isInside } from '../../workspace/paths.js';
import { visible } from '../../diagnostics/visible.js';
import type { Session } from '../session.js';
import type { PlacedChange } from '../surface/places.js';
import type { CheckResult } from './report-check.js';

const LEVELS = ['error', 'warning', 'notice'] as const;

type Annotation = {
  level: (typeof LEVELS)[number];
  file: string;
  line?: number;
  column?: number;
  title: string;
  message: string;
};

/**
 * What a check found as workflow commands of GitHub Actions, one to a line. Files are named from the root of the checkout,
 * which is where GitHub looks for them. Safe and approved changes are no annotations.
 */
export async function annotations(session: Session, result: CheckResult): Promise<string[]> {
  const { root } = result.folder;
  const findings = result.findings.map(({ path, diagnostic }): Annotation => {
    const { code, message, fix } = diagnostic;
    const text = fix === undefined ? message : `${message}. To mend it, ${fix}`;
    return { level: 'error', file: shown(session, join(root, path)), title: code, message: text };
  });
  const failing = new Set(result.failing);
  const changes = (result.since?.changes ?? [])
    .map((change) => changeAnnotation(session, change, failing.has(change)))
    .filter(({ level }) => level !== 'notice');
  const warnings = await warningAnnotations(session, result);
  // GitHub shows the first few of each level only.
  return [...findings, ...warnings, ...changes].sort(byLevel).map(command);
}

async function warningAnnotations(
  session: Session,
  { warnings }: CheckResult,
): Promise<Annotation[]> {
  if (warnings.length === 0) return [];
  const printer = await session.printer('stdout');
  return warnings.map(({ code, message, fix, origin }) => {
    const place = origin && printer.locate(origin);
    return {
      level: 'warning',
      file: shown(session, resolve(session.io.cwd, origin?.file ?? 'mcp.yaml')),
      ...(place && { line: place.line, column: place.column }),
      title: code,
      message: fix === undefined ? message : `${message}. To mend it, ${fix}`,
    };
  });
}

function byLevel(a: Annotation, b: Annotation): number {
  return LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level);
}

function changeAnnotation(session: Session, change: PlacedChange, fails: boolean): Annotation {
  const { place, tool, message, code, id, accepted } = change;
  const isLoud = change.class !== 'safe' && accepted === undefined;
  // A line of the old document would be another one in the new.
  const isNow = place?.version === 'after';
  const approved = accepted === undefined ? '' : ` (accepted: ${accepted})`;
  return {
    level: fails ? 'error' : isLoud ? 'warning' : 'notice',
    file: shown(session, resolve(session.io.cwd, place?.file ?? 'mcp.tools.json')),
    ...(isNow && place.line !== undefined && { line: place.line, column: place.column! }),
    title: `${change.class} ${code} ${id}`,
    message: `${tool}: ${message}${approved}`,
  };
}

function shown({ io }: Session, path: string): string {
  const workspace = io.env['GITHUB_WORKSPACE'];
  const base = workspace && isInside(workspace, path) ? workspace : io.cwd;
  return relative(base, path).replaceAll('\\', '/');
}

/** `::error file=…,line=…::message`, with what has a meaning in it escaped. */
function command({ level, file, line, column, title, message }: Annotation): string {
  const place = line === undefined ? '' : `,line=${line},col=${column}`;
  return `::${level} file=${property(file)}${place},title=${property(title)}::${data(message)}`;
}

function data(text: string): string {
  return visible(text).replaceAll('%', '%25');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
