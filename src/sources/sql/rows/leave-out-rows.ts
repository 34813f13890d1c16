import { diagnostic } from '../../../diagnostics/catalog.js';
import { InputError } from '../../../diagnostics/diagnostic.js';
import type { SourceText } from '../../read/loader.js';
import type { TextFilter } from '../../read/take-text.js';
import { detectDialect } from '../detect-dialect.js';
import { looksLikeScript } from '../looks-like-script.js';
import type { Dialect } from '../model.js';
import { isSnapshot } from '../snapshot.js';
import { keptText } from './kept-text.js';
import { readScriptRows } from './read-script-rows.js';
import { steadyDump } from './steady-dump.js';

/**
 * What takes the rows out of large scripts as they are read; undefined for what is none, or of a dialect that cannot be told.
 * `dialect` is what the user says of it.
 */
export function rowFilter(dialect: Dialect | undefined) {
  return (file: string, head: string, limit: number): TextFilter | undefined => {
    if (isSnapshot(head) || !looksLikeScript(file, head)) return undefined;
    const detected = dialect === undefined ? detectDialect([head], file) : { dialect };
    if (!('dialect' in detected)) return undefined;
    const kept = keptText(file, limit, false);
    const reader = readScriptRows(detected.dialect, kept);
    return {
      push: (chunk) => reader.push(chunk),
      end: () => {
        const { leftOut, unclosed } = reader.end();
        if (unclosed !== undefined)
          throw new InputError([diagnostic('MCP825', { file, what: unclosed })]);
        const text = kept.kept().toString('utf8');
        return { text, kept: steadyDump(text), leftOut };
      },
    };
  };
}

/**
 * Takes the rows out of a script that was read whole. What is left stands on the lines where it stood, for messages; what is
 * kept with a project has no trace of the rows.
 */
export function leaveOutRows(source: SourceText, dialect: Dialect): void {
  if (source.leftOut !== undefined) return;
  const kept = keptText(source.file, Number.MAX_SAFE_INTEGER, true);
  const reader = readScriptRows(dialect, kept);
  reader.push(Buffer.from(source.text));
  const { leftOut } = reader.end();
  source.leftOut = leftOut;
  if (leftOut.size > 0) source.text = kept.lined().toString('utf8');
  source.kept = steadyDump(kept.kept().toString('utf8'));
}
