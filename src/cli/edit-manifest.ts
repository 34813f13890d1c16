import { isScalar } from 'yaml';
import { editableDocument } from './editable-document.js';
import { withLf } from '../workspace/project-file.js';

export type ManifestEdit = { path: string[]; value: string };

/**
 * mcp.yaml with other values and everything else as it was, comments and spacing included: a value that is there is replaced
 * in the text. Only for keys that are missing the document is printed again, with its comments. With LF line ends. Throws an
 * InputError (MCP737).
 */
export function editManifest(text: string, edits: readonly ManifestEdit[]): string {
  return edits.reduce((edited, edit) => applyEdit(edited, edit), withLf(text));
}

function applyEdit(text: string, { path, value }: ManifestEdit): string {
  const document = editableDocument(text);
  const node = document.getIn(path, true);
  const range = isScalar(node) ? node.range : undefined;
  // Block scalars and anchors are more than a value on a line.
  if (isScalar(node) && range && !node.anchor && /^(?:PLAIN|QUOTE)/.test(node.type ?? '')) {
    if (node.value === value) return text;
    return text.slice(0, range[0]) + asScalar(value) + text.slice(range[1]);
  }
  document.setIn(path, value);
  return document.toString({ lineWidth: 0 });
}

/** Plain where that can only be read as this text, quoted as in JSON elsewhere. */
function asScalar(value: string): string {
  return /^(?:[A-Za-z][\w./-]*|\d+\.\d+\.\d+(?:-[\w.-]+)?)$/.test(value) &&
    !/^(?:true|false|null|yes|no|on|off)$/i.test(value)
    ? value
    : JSON.stringify(value);
}
