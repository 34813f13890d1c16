import type { JsonSchema } from '../../../blueprint/types.js';
import { countInvisible, instructionIn, modelText } from '../../../blueprint/model-text.js';
import { children, isObject, type Node } from '../node.js';
import type { References } from '../references.js';
import { propertyName } from '../../schema/argument-name.js';
import { DATA_KEYWORDS } from './keywords.js';
import { createPatternJudge } from '../../schema/pattern.js';
import { MAX_DESCRIPTION, readSchema } from './read-schema.js';
import { SchemaNames } from './schema-names.js';

/** Which way a schema is read: what a caller sends, or what comes back (`readOnly`, `writeOnly`, names). */
export type Mode = 'input' | 'output';

/** Something that had to be read otherwise than it was written. */
export type SchemaReport = (
  node: Node,
  problem:
    | { kind: 'default'; value: unknown }
    | { kind: 'pattern'; pattern: string; reason: string }
    | { kind: 'type'; written: unknown }
    | { kind: 'hidden'; count: number }
    | { kind: 'removed'; what: string; count: number }
    | { kind: 'instruction'; what: string; text: string }
    | { kind: 'keyword'; keyword: string; why?: string },
) => void;

/**
 * The schemas of one document, brought to JSON Schema 2020-12 as they are asked for. Whatever is referred to by `$ref`
 * becomes a named schema, read once for each mode in which it differs.
 */
export class Schemas {
  readonly named = new Map<string, JsonSchema>();
  /** Property name in a tool's schema → its name on the wire, for those that had to change. */
  readonly wireNames = new Map<string, string>();
  readonly references: References;
  readonly report: SchemaReport;
  /** Patterns that are not run because analysing them all would take too long, with the first place of each. */
  readonly unjudged = new Map<string, Node>();
  readonly #judgePattern = createPatternJudge();
  readonly #names = new SchemaNames();
  readonly #queue: (() => void)[] = [];
  readonly #facts = new Map<unknown, { differs: boolean; targets: Node[] }>();
  readonly #differs = new Map<unknown, boolean>();
  #draining = false;

  constructor(references: References, report: SchemaReport) {
    this.references = references;
    this.report = report;
  }

  /** The schema at `node`; references in it are `#/$defs/<name>` and `named` has all of them. */
  read(node: Node, mode: Mode): JsonSchema {
    const schema = readSchema(this, node, mode);
    this.#drain();
    return schema;
  }

  /** The name of the schema that a reference ends in, or undefined when it leads nowhere. */
  nameOf(node: Node, mode: Mode): string | undefined {
    const target = this.references.resolve(node);
    if (!target || (!isObject(target.value) && typeof target.value !== 'boolean')) return undefined;
    const variant = this.#differsByMode(target) ? mode : 'both';
    const { name, isNew } = this.#names.nameOf(target, variant);
    if (isNew) this.#queue.push(() => this.named.set(name, readSchema(this, target, mode)));
    return name;
  }

  /** The name under which a property appears in a tool's schema. */
  propertyName(wire: string, mode: Mode): string {
    if (mode === 'output') return wire;
    const name = propertyName(wire);
    if (name !== wire) this.wireNames.set(name, wire);
    return name;
  }

  /** Prose that a model reads, shortened; what it hides, and orders that it gives, are reported. */
  text(written: string, node: Node, what = 'a schema'): string {
    const text = modelText(written, MAX_DESCRIPTION);
    const count = countInvisible(written);
    if (count > 0) this.report(node, { kind: 'removed', what, count });
    this.inspect(text, node, what);
    return text;
  }

  /** Reports text, all of which a model reads, that gives it orders. */
  inspect(text: string, node: Node, what = 'a schema'): void {
    const found = instructionIn(text);
    if (found !== undefined) this.report(node, { kind: 'instruction', what, text: found });
  }

  /** The pattern as the emitted server can run it; undefined, and reported, where it cannot. */
  usablePattern(written: string, node: Node): string | undefined {
    const verdict = this.#judgePattern(written);
    if (verdict.usable) return verdict.pattern;
    const { reason } = verdict;
    if (reason !== 'not analysed') this.report(node, { kind: 'pattern', pattern: written, reason });
    else if (!this.unjudged.has(written)) this.unjudged.set(written, node);
    return undefined;
  }

  // A queue instead of recursion: chains of references can be longer than the stack.
  #drain(): void {
    if (this.#draining) return;
    this.#draining = true;
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) next();
    this.#draining = false;
  }

  #differsByMode(start: Node): boolean {
    const known = this.#differs.get(start.value);
    if (known !== undefined) return known;
    const seen = new Map<unknown, Node>([[start.value, start]]);
    for (const node of seen.values()) {
      const facts = this.#factsOf(node);
      if (facts.differs || this.#differs.get(node.value)) {
        this.#differs.set(start.value, true);
        return true;
      }
      for (const target of facts.targets) seen.set(target.value, target);
    }
    for (const value of seen.keys()) this.#differs.set(value, false);
    return false;
  }

  #factsOf(root: Node): { differs: boolean; targets: Node[] } {
    const known = this.#facts.get(root.value);
    if (known) return known;
    const facts = { differs: false, targets: [] as Node[] };
    this.#facts.set(root.value, facts);
    const stack = [root];
    for (let node = stack.pop(); node; node = stack.pop()) {
      if (isObject(node.value)) {
        const { readOnly, writeOnly, properties, $ref } = node.value;
        facts.differs ||= readOnly === true || writeOnly === true;
        facts.differs ||=
          isObject(properties) && Object.keys(properties).some((key) => propertyName(key) !== key);
        if (typeof $ref === 'string') {
          const target = this.references.target(node.file, $ref);
          if (target) facts.targets.push(target);
        }
      }
      for (const next of children(node)) {
        if (typeof next.value === 'object' && !DATA_KEYWORDS.has(String(next.key)))
          stack.push(next);
      }
    }
    return facts;
  }
}
