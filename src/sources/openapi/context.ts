import { diagnostic, type Code, type FieldsOf } from '../../diagnostics/catalog.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { originOf, type Node } from './node.js';
import type { Operation } from './operation.js';
import type { References } from './references.js';
import type { Schemas } from './schema/schemas.js';

/** What the readers of one document share. */
export type Context = {
  root: Node;
  references: References;
  schemas: Schemas;
  findings: Findings;
  /** See `createInputDigest`. */
  inputDigest: (operation: Operation) => string;
};

/** Collects findings, each once for its place. */
export class Findings {
  readonly list: Diagnostic[] = [];
  readonly #seen = new Set<string>();
  /** What is being read, in the user's words. */
  at: string | undefined;

  add<C extends Code>(code: C, fields: FieldsOf<C>, node: Node): void {
    const origin = originOf(node);
    const key = `${code}\n${origin.file}\n${origin.path.join('/')}\n${JSON.stringify(fields)}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.list.push(
      diagnostic(code, fields, { origin, ...(this.at !== undefined && { at: this.at }) }),
    );
  }
}
