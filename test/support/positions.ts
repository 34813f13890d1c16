import type { Blueprint } from '../../src/blueprint/types.js';

/** Keys that lead to a string. */
export type Position = (string | number)[];

/** Fields whose strings are no free text: what they may be is a closed set, or they refer to something else by name. */
const KEYWORDS = new Set(
  [
    'kind type $ref source server in style method required argument files contentType transports',
    'env usernameEnv passwordEnv clientIdEnv clientSecretEnv tokenUrlEnv',
  ].flatMap((list) => list.split(' ')),
);

/** Every string of a blueprint, without where things come from. */
export function positionsOf(value: unknown, path: Position = []): Position[] {
  if (typeof value === 'string') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .filter(([key]) => key !== 'origin')
    .flatMap(([key, part]) =>
      positionsOf(part, [...path, Array.isArray(value) ? Number(key) : key]),
    );
}

/** Positions where a document may say what it likes. */
export function freePositions(blueprint: Blueprint): Position[] {
  return positionsOf(blueprint).filter((position) => {
    const field = position.filter((key) => typeof key === 'string').at(-1);
    return !KEYWORDS.has(String(field));
  });
}

/** A copy with another text at some positions. */
export function withText(blueprint: Blueprint, positions: Position[], text: string): Blueprint {
  const copy = structuredClone(blueprint);
  for (const position of positions) {
    let node = copy as unknown as Record<string | number, unknown>;
    for (const key of position.slice(0, -1)) node = node[key] as typeof node;
    node[position.at(-1)!] = text;
  }
  return copy;
}

/** A copy in which every key that a document chooses begins with `prefix`. */
export function withKeys(blueprint: Blueprint, prefix: string): Blueprint {
  const maps = 'properties fields variables securitySchemes example schemas'.split(' ');
  const rename = (value: unknown, isMap: boolean): unknown => {
    if (Array.isArray(value)) return value.map((item) => rename(item, false));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, part], index) => [
        isMap ? prefix + (index === 0 ? '' : key) : key,
        rename(part, maps.includes(key) && !isMap),
      ]),
    );
  };
  return rename(blueprint, false) as Blueprint;
}
