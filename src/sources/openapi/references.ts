import { child, children, isObject, stringAt, type Node } from './node.js';

/** Longest chain of references that point to references. */
const MAX_CHAIN = 50;

/**
 * Follows `$ref` through the files of one document: RFC 6901 pointers, percent-decoded as URI fragments, and anchors.
 * Nothing is loaded here: `files` holds every file that may be pointed to, by name.
 */
export class References {
  readonly #files: ReadonlyMap<string, unknown>;
  readonly #resolveFile: (from: string, reference: string) => string | undefined;
  readonly #targets = new Map<string, Node | undefined>();
  readonly #anchors = new Map<string, ReadonlyMap<string, Node>>();
  readonly #dangling: (node: Node, reference: string) => void;

  constructor(options: {
    files: ReadonlyMap<string, unknown>;
    /** Name of the file that a relative reference means. */
    resolveFile: (from: string, reference: string) => string | undefined;
    /** Told of each reference that leads nowhere. */
    dangling: (node: Node, reference: string) => void;
  }) {
    this.#files = options.files;
    this.#resolveFile = options.resolveFile;
    this.#dangling = options.dangling;
  }

  /** The root of a file. */
  root(file: string): Node {
    return { value: this.#files.get(file), file };
  }

  /**
   * The node itself, or what its `$ref` chain ends in; undefined when that leads nowhere (which is reported).
   * A target has one node only, so targets can be compared by identity.
   */
  resolve(node: Node): Node | undefined {
    let at: Node = node;
    for (let step = 0; step < MAX_CHAIN; step += 1) {
      const reference = isObject(at.value) ? at.value['$ref'] : undefined;
      if (typeof reference !== 'string') return at;
      const target = this.target(at.file, reference);
      if (!target) {
        this.#dangling(child(at, '$ref'), reference);
        return undefined;
      }
      at = target;
    }
    this.#dangling(node, 'a chain of references without an end');
    return undefined;
  }

  /** The node that `reference`, written in `file`, points to. */
  target(file: string, reference: string): Node | undefined {
    const key = `${file}\n${reference}`;
    if (this.#targets.has(key)) return this.#targets.get(key);
    const target = this.#find(file, reference);
    this.#targets.set(key, target);
    return target;
  }

  #find(file: string, reference: string): Node | undefined {
    const hash = reference.indexOf('#');
    const filePart = hash < 0 ? reference : reference.slice(0, hash);
    const pointer = hash < 0 ? '' : reference.slice(hash + 1);
    const targetFile = filePart === '' ? file : this.#resolveFile(file, filePart);
    if (targetFile === undefined || !this.#files.has(targetFile)) return undefined;
    const canonical = `${targetFile}\n#${pointer}`;
    if (canonical !== `${file}\n${reference}`) return this.target(targetFile, `#${pointer}`);
    return this.#walk(targetFile, pointer);
  }

  #walk(file: string, pointer: string): Node | undefined {
    let at = this.root(file);
    if (pointer === '' || pointer === '/') return at.value === undefined ? undefined : at;
    if (!pointer.startsWith('/')) return this.#anchorsOf(file).get(unescape(pointer));
    for (const part of pointer.slice(1).split('/')) {
      at = child(at, unescape(part));
      if (at.value === undefined) return undefined;
    }
    return at;
  }

  /** Schemas of a file by the names that they give themselves (2020-12 §8.2.2); of several the first. */
  #anchorsOf(file: string): ReadonlyMap<string, Node> {
    const known = this.#anchors.get(file);
    if (known) return known;
    const anchors = new Map<string, Node>();
    const seen = new Set<unknown>();
    const waiting = [this.root(file)];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      if (typeof at.value !== 'object' || at.value === null || seen.has(at.value)) continue;
      seen.add(at.value);
      for (const key of ['$anchor', '$dynamicAnchor']) {
        const name = stringAt(at, key);
        if (name !== undefined && !anchors.has(name)) anchors.set(name, at);
      }
      waiting.push(...children(at).reverse());
    }
    this.#anchors.set(file, anchors);
    return anchors;
  }
}

function unescape(part: string): string {
  const plain = part.replaceAll('~1', '/').replaceAll('~0', '~');
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}
