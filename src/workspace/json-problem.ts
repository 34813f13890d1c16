import { mergeMarkerLine } from './merge-markers.js';

/** Why a text is no JSON, in words that follow the name of the file; undefined where it is. A byte order mark is ignored. */
export function jsonProblem(text: string): string | undefined {
  const line = mergeMarkerLine(text);
  if (line !== undefined) return `it holds merge marks, line ${line}`;
  try {
    JSON.parse(text.replace(/^\ufeff/, ''));
    return undefined;
  } catch {
    return 'it is not valid JSON';
  }
}
