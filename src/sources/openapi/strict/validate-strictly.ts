import type { OpenAPI } from 'openapi-types';
import { diagnostic } from '../../../diagnostics/catalog.js';
import type { Diagnostic } from '../../../diagnostics/diagnostic.js';
import { askWorker } from '../../read/ask-worker.js';
import type { Loader } from '../../read/loader.js';
import { parseDocument } from '../../read/parse-document.js';
import { isObject } from '../node.js';
import { readViolations, type Detail } from './violations.js';

const MAX_VIOLATIONS = 20;

/** Characters; validating them takes about a second. */
const MAX_SIZE = 10_000_000;
const TIMEOUT_MS = 20_000;
const MEMORY_MB = 1024;

/**
 * What is not as the specification says in a document that has been read, by the strict validator of swagger-parser: warnings
 * alone, because most of it hurts nobody here. It sees a copy of the document, in a thread of its own with an end in time and
 * memory, and follows no reference out of it. A document that it cannot judge is said to be unchecked (MCP541).
 */
export async function validateStrictly(
  source: string,
  loader: Loader,
  signal?: AbortSignal,
): Promise<Diagnostic[]> {
  const { text, file } = await loader.readEntry(source);
  const root = { file, path: [] };
  const unchecked = (why: string) => [diagnostic('MCP541', { why }, { origin: root })];
  if (text.length > MAX_SIZE) return unchecked('it is too large');
  const document = parseDocument(text, file).value;
  const version = isObject(document) ? String(document['openapi'] ?? '') : '';
  if (/^3\.[2-9]/.test(version)) return unchecked('the validator knows OpenAPI up to 3.1');
  const answer = await runValidator(document as OpenAPI.Document, text, signal);
  if (typeof answer === 'string') return unchecked(answer);
  const violations = readViolations(answer, document);
  const found = violations.slice(0, MAX_VIOLATIONS).map(({ path, why }) => {
    const at = path.length === 0 ? 'the document' : path.join(' › ');
    return diagnostic('MCP540', { why }, { origin: { file, path }, at });
  });
  const more = violations.length - found.length;
  return more > 0 ? [...found, diagnostic('MCP542', { count: more }, { origin: root })] : found;
}

/** What the validator complains of; in words, why it did not come to an end. */
async function runValidator(
  document: OpenAPI.Document,
  text: string,
  signal: AbortSignal | undefined,
): Promise<Detail[] | string> {
  const answer = await askWorker<{ details: Detail[] }>(
    new URL('./strict-worker.mjs', import.meta.url),
    {
      workerData: {
        document,
        isSwagger2: 'swagger' in document,
        hasFiles: /["']?\$ref["']?\s*:\s*["']?[^"'#\s]/.test(text),
      },
      timeoutMs: TIMEOUT_MS,
      memoryMb: MEMORY_MB,
      signal,
    },
  );
  if (answer === 'took too long') return `it takes longer than ${TIMEOUT_MS / 1000} s`;
  const isAnswer = typeof answer === 'object' && 'message' in answer;
  return isAnswer ? answer.message.details : 'the validator broke down';
}
