import type { HttpBinding, HttpParameter } from './types.js';

/**
 * How the arguments of a tool leave, in a few words each: `query`, `query labels[] style=pipeDelimited`, `body`; those that
 * stand in the path as it says are left out. What is no
 * argument has a name in brackets, which no argument can have: `(body)` is the media type, and `always` where it is sent even
 * when it is empty. Words are compared and shown, never read again; method, path and credentials are told elsewhere.
 */
export function describeRequest(binding: HttpBinding): Record<string, string> {
  const { kind: _kind, source: _source, method: _method, path: _path, ...rest } = binding;
  const { parameters = [], body, security: _security, ...others } = rest;
  const words = new Map<string, string>();
  for (const parameter of parameters) {
    const found = parameterWords(parameter);
    if (parameter.given) words.set(`(${parameter.argument})`, found);
    else if (found !== 'path') words.set(parameter.argument, found);
  }
  if (body) {
    const { contentType, required, fields = {}, argument, encoding = {}, ...more } = body;
    const { files = [], ...extra } = more;
    words.set('(body)', `${contentType}${required === true ? ', always' : ''}${facts(extra)}`);
    if (argument !== undefined) words.set(argument, 'body');
    for (const [name, field] of Object.entries(fields)) {
      const form = Object.hasOwn(encoding, field) ? facts(encoding[field]!) : '';
      words.set(name, `body${name === field ? '' : ` ${field}`}${form}`);
    }
    if (files.length > 0) words.set('(files)', [...files].sort().join(' '));
  }
  for (const [key, value] of Object.entries(others)) words.set(`(${key})`, String(value));
  return Object.fromEntries([...words].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function parameterWords({ argument, name = argument, in: place, ...rest }: HttpParameter): string {
  return `${place}${name === argument ? '' : ` ${name}`}${facts(rest)}`;
}

/** ` style=form explode=false`; what is longer, as JSON. */
function facts(values: object): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}=${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join('');
}
