import type { Side } from './change.js';

/** A pointer below a tool as a person says it: `argument "filter.tags[]"`, `result field "owner.name"`. */
export function placeWords(pointer: string, side: Side): string {
  const keys = pointer.split('/').slice(2).map(unescaped);
  let path = '';
  for (let at = 0; at < keys.length; at += 1) {
    const key = keys[at]!;
    if (key === 'properties' && at + 1 < keys.length) {
      at += 1;
      path += `${path === '' ? '' : '.'}${keys[at]!}`;
    } else if (key === 'items') path += '[]';
    else if (key === 'prefixItems') path += `[${keys[(at += 1)] ?? ''}]`;
    else if (key === 'additionalProperties') path += `${path === '' ? '' : '.'}*`;
    else if (key === 'patternProperties')
      path += `${path === '' ? '' : '.'}/${keys[(at += 1)] ?? ''}/`;
    else if (key === 'propertyNames') path += ' (names)';
  }
  if (path === '') return side === 'input' ? 'the arguments' : 'the result';
  return `${side === 'input' ? 'argument' : 'result field'} ${JSON.stringify(path)}`;
}

function unescaped(key: string): string {
  return key.replaceAll('~1', '/').replaceAll('~0', '~');
}
