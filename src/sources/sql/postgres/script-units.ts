import { basename } from 'node:path';
import { diagnostic } from '../../../diagnostics/catalog.js';
import type { Diagnostic } from '../../../diagnostics/diagnostic.js';
import { cutDownParts } from '../cut-down-parts.js';
import { isUndo } from '../migration-order.js';
import type { SourceFile } from '../model.js';
import type { Unit } from './load-schema.js';
import { splitStatements } from './split-statements.js';

/** The files of a schema, split: `script` is all of them in one. */
export function scriptUnits(files: SourceFile[]): { units: Unit[]; script: string } {
  const sources = migrations(files).map(({ path, text }) => ({ path, text: cutDownParts(text) }));
  return {
    units: sources.map(({ path, text }) => ({ path, ...splitStatements(text) })),
    script: sources.map(({ text }) => text).join('\n'),
  };
}

/** What psql would have brought in from elsewhere. */
export function includedElsewhere(units: Unit[]): Diagnostic[] {
  return units.flatMap(({ path, metaCommands }) =>
    metaCommands
      .filter(({ text }) => /^\\(?:i|ir|include|include_relative)\b/.test(text))
      .map(({ text, line, column }) => {
        const origin = { file: path, path: [], position: { line, column } };
        return diagnostic('MCP810', { command: text }, { origin });
      }),
  );
}

/** Without files that undo others, and without copies: the same file under two names would fail statement by statement. */
function migrations(files: SourceFile[]): SourceFile[] {
  const seen = new Set<string>();
  return files.filter(({ path, text }) => {
    if (files.length > 1 && isUndo(basename(path))) return false;
    return !seen.has(text) && seen.add(text);
  });
}
