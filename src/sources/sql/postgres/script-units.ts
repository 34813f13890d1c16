import { basename } from 'node:path';
import { diagnostic } from '../../../diagnostics/catalog.js';
import type { Diagnostic } from '../../../diagnostics/diagnostic.js';
import { cutDownParts } from '../cut-down-parts.js';
import { isUndo } from '../migration-order.js';
import type { SourceFile } from '../model.js';
import type { Unit } from './load-schema.js';
import { fillSchemas } from './fill-schemas.js';
import { fillVariables } from './fill-variables.js';
import { splitStatements } from './split-statements.js';

/** The files of a schema, split and filled in: `script` is all of them in one. */
export function scriptUnits(files: SourceFile[]): { units: Unit[]; script: string } {
  const parts = migrations(files).map(({ path, text }) => {
    const plain = fillSchemas(cutDownParts(text));
    const split = splitStatements(plain.text);
    const filled = fillVariables(split.statements, split.metaCommands);
    const placeholders = [...plain.placeholders, ...filled.placeholders];
    const unit: Unit = { ...split, path, statements: filled.statements, placeholders };
    const isPlain = filled.statements.every((one, index) => one === split.statements[index]);
    return {
      unit,
      text: isPlain ? plain.text : filled.statements.map((one) => `${one.text};`).join('\n'),
    };
  });
  return {
    units: parts.map(({ unit }) => unit),
    script: parts.map(({ text }) => text).join('\n'),
  };
}

/** What psql or CREATE EXTENSION would have brought in from elsewhere: files, and values of placeholders. */
export function takenFromElsewhere(units: Unit[]): Diagnostic[] {
  const told = new Set<string>();
  return units.flatMap(({ path, metaCommands, placeholders }) => [
    ...metaCommands
      .filter(({ text }) => /^\\(?:i|ir|include|include_relative)\b/.test(text))
      .map(({ text, line, column }) => {
        const origin = { file: path, path: [], position: { line, column } };
        return diagnostic('MCP810', { command: text }, { origin });
      }),
    ...placeholders
      .filter(({ name }) => !told.has(name) && told.add(name))
      .map(({ name, value, line, column }) => {
        const origin = { file: path, path: [], position: { line, column } };
        return diagnostic('MCP818', { name, value }, { origin });
      }),
  ]);
}

/** Without files that undo others, and without copies: the same file under two names would fail statement by statement. */
function migrations(files: SourceFile[]): SourceFile[] {
  const seen = new Set<string>();
  return files.filter(({ path, text }) => {
    if (files.length > 1 && isUndo(basename(path))) return false;
    return !seen.has(text) && seen.add(text);
  });
}
