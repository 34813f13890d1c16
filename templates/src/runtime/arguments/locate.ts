import type { JsonSchema } from '../tool.js';
import { isObject, lookUp, schemaKeywords } from './schema.js';

/** The steps of a location as the validator writes them: `#/a/b~1c`, percent-encoded. */
export function readPointer(location: string): string[] {
  return location
    .split('/')
    .slice(1)
    .map((segment) => decodeURI(segment).replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The schema that holds the keyword at the end of `keywordLocation`; empty when the location leads nowhere. */
export function locate(root: JsonSchema, keywordLocation: string): Record<string, unknown> {
  const steps = readPointer(keywordLocation).slice(0, -1);
  let current: unknown = root;
  for (let index = 0; index < steps.length; index += 1) {
    const keyword = steps[index] ?? '';
    if (!isObject(current)) return {};
    if (keyword === '$ref') {
      current = lookUp(root, String(current['$ref']));
      continue;
    }
    current = current[keyword];
    const kind = schemaKeywords.get(keyword);
    if (kind !== 'map' && kind !== 'list') continue;
    index += 1;
    current = (current as Record<string, unknown> | undefined)?.[steps[index] ?? ''];
  }
  return isObject(current) ? current : {};
}
