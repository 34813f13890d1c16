import { parseDocument, type Document } from 'yaml';
import { diagnostic } from '../diagnostics/catalog.js';
import { InputError } from '../diagnostics/diagnostic.js';

/** The document of mcp.yaml with what is needed to change it in place. Throws an InputError (MCP737) where that cannot be done. */
export function editableDocument(text: string): Document.Parsed {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error === undefined) return document;
  const [why = ''] = error.message.split(/ at line|\n/);
  throw new InputError([diagnostic('MCP737', { why, line: error.linePos?.[0].line ?? 1 })]);
}
