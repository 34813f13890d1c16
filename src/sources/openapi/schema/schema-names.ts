import { pathOf, type Node } from '../node.js';

/** Names that a generated type must not shadow. */
const TAKEN: ReadonlySet<string> = new Set(
  'Array Boolean Buffer Date Error Function Map Number Object Partial Promise Record Required Set String Symbol'
    .split(' ')
    .map((name) => name.toLowerCase()),
);

/** Pointer keys that say where a schema stands, not what it is. */
const PLACES: ReadonlySet<string> = new Set([
  'schema',
  'schemas',
  'definitions',
  '$defs',
  'content',
  'items',
]);

/** Gives each target of a reference one name that is a TypeScript identifier, unique whatever the case of letters. */
export class SchemaNames {
  readonly #byTarget = new Map<unknown, Map<string, string>>();
  readonly #used = new Set<string>(['fileinput']);
  /** How far the numbers of a name have gone. */
  readonly #counts = new Map<string, number>();

  /** `variant` tells apart readings of one target; `isNew` is true the first time. */
  nameOf(target: Node, variant: 'input' | 'output' | 'both'): { name: string; isNew: boolean } {
    const variants = this.#byTarget.get(target.value) ?? new Map<string, string>();
    this.#byTarget.set(target.value, variants);
    const known = variants.get(variant);
    if (known !== undefined) return { name: known, isNew: false };
    const base = identifier(lastName(target)) + (variant === 'input' ? 'Input' : '');
    const name = this.#unique(base);
    variants.set(variant, name);
    return { name, isNew: true };
  }

  #unique(base: string): string {
    let name = base;
    const key = base.toLowerCase();
    let n = this.#counts.get(key) ?? 1;
    while (this.#used.has(name.toLowerCase())) name = `${base}${(n += 1)}`;
    this.#counts.set(key, n);
    this.#used.add(name.toLowerCase());
    return name;
  }
}

function lastName(target: Node): string {
  const path = pathOf(target).map(String);
  const last = path.findLast((key) => !PLACES.has(key) && !/^\d+$/.test(key));
  if (last !== undefined) return last;
  const file = target.file.split(/[\\/]/).at(-1) ?? 'schema';
  return file.replace(/\.[a-z]+$/i, '');
}

/** `simple-user` → `SimpleUser`; a name that starts with a digit or shadows a global gets a word more. */
function identifier(text: string): string {
  const words = text
    .slice(0, 200)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean);
  const name = words
    .map((word) => word[0]?.toUpperCase() + word.slice(1))
    .join('')
    .slice(0, 80);
  if (name === '') return 'Schema';
  if (/^\d/.test(name)) return `Schema${name}`;
  return TAKEN.has(name.toLowerCase()) ? `${name}Model` : name;
}
