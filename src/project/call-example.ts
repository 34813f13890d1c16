import { requestOf } from '../blueprint/binding.js';
import type { HttpBody, Tool } from '../blueprint/types.js';

/** `hello` in base64. */
const BYTES = 'aGVsbG8=';

/**
 * A tool's example as its tests call it: files have content, which their schema does not ask for because a URI would do as
 * well. Undefined where there is none that can be sent: nothing may be missing from a path.
 */
export function callExample(tool: Tool): Record<string, unknown> | undefined {
  const { example } = tool;
  const request = requestOf(tool);
  if (example === undefined || request === undefined) return example;
  const inPath = (request.parameters ?? []).filter(
    (parameter) => parameter.in === 'path' && !parameter.given,
  );
  if (inPath.some(({ argument }) => isEmpty(example[argument]))) return undefined;
  const files = request.body === undefined ? [] : fileArguments(request.body);
  const given = files.filter((argument) => Object.hasOwn(example, argument));
  return {
    ...example,
    ...Object.fromEntries(given.map((argument) => [argument, withBytes(example[argument])])),
  };
}

function fileArguments({ files = [], fields = {}, argument }: HttpBody): string[] {
  if (argument !== undefined) return files.includes('*') ? [argument] : [];
  return Object.keys(fields).filter((name) => files.includes(fields[name]!));
}

function withBytes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withBytes);
  if (typeof value !== 'object' || value === null || 'data' in value || 'uri' in value)
    return value;
  return { ...value, data: BYTES };
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
