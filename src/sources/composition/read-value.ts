import type { Expression } from '../../blueprint/steps.js';
import { parseExpression } from './parse-expression.js';
import { ExpressionError } from './tokens.js';

/** Keys from the value in mcp.yaml that was read. */
export type Path = (string | number)[];

/** Told what cannot be read, and where. */
export type OnError = (path: Path, why: string) => void;

/**
 * A value of mcp.yaml in which texts may hold `${…}`: alone it stands for a value of any type, beside other text for text.
 * `$${` is the text `${`. What cannot be read is told and stands as null.
 */
export function readValue(value: unknown, onError: OnError, path: Path = []): Expression {
  if (typeof value === 'string') return readText(value, (why) => onError(path, why));
  if (Array.isArray(value)) {
    const list = value.map((item, index) => readValue(item, onError, [...path, index]));
    return list.every(isConstant) ? { value: list.map(valueOf) } : { list };
  }
  if (typeof value !== 'object' || value === null) return { value: value ?? null };
  const entries = Object.entries(value).map(
    ([name, item]) => [name, readValue(item, onError, [...path, name])] as const,
  );
  if (entries.every(([, item]) => isConstant(item))) {
    return { value: Object.fromEntries(entries.map(([name, item]) => [name, valueOf(item)])) };
  }
  return { object: Object.fromEntries(entries) };
}

/** A condition or a list: an expression, in `${…}` or without. */
export function readExpression(value: unknown, onError: OnError): Expression {
  if (typeof value !== 'string') return readValue(value, onError);
  if (value.includes('${')) return readText(value, (why) => onError([], why));
  return parsed(value, (why) => onError([], why));
}

function readText(text: string, onError: (why: string) => void): Expression {
  const parts: Expression[] = [];
  const literal = (piece: string) => {
    const last = parts.at(-1);
    if (piece === '') return;
    if (last && 'value' in last && typeof last.value === 'string') last.value += piece;
    else parts.push({ value: piece });
  };
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('${', at);
    if (open < 0) break;
    if (text[open - 1] === '$') {
      literal(`${text.slice(at, open - 1)}\${`);
      at = open + 2;
      continue;
    }
    literal(text.slice(at, open));
    const close = closing(text, open + 2);
    if (close < 0) {
      onError('"${" has no "}"; write "$${" for the text itself');
      return { value: null };
    }
    parts.push(parsed(text.slice(open + 2, close), onError));
    at = close + 1;
    if (open === 0 && at === text.length) return parts[0]!;
  }
  literal(text.slice(at));
  if (parts.length === 0) return { value: '' };
  return parts.every(isConstant) ? { value: parts.map(valueOf).join('') } : { text: parts };
}

/** Index of the `}` that ends an expression; quotes hide those in texts. */
function closing(text: string, from: number): number {
  let quote: string | undefined;
  for (let at = from; at < text.length; at += 1) {
    const char = text[at]!;
    if (quote !== undefined) {
      if (char === '\\') at += 1;
      else if (char === quote) quote = undefined;
    } else if (char === "'" || char === '"') quote = char;
    else if (char === '}') return at;
  }
  return -1;
}

function parsed(source: string, onError: (why: string) => void): Expression {
  try {
    return parseExpression(source);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    onError(`in "${source.trim()}", ${error.message}`);
    return { value: null };
  }
}

function isConstant(expression: Expression): expression is { value: unknown } {
  return 'value' in expression;
}

function valueOf(expression: Expression): unknown {
  return isConstant(expression) ? expression.value : null;
}
