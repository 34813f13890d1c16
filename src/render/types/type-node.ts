/** A TypeScript type, as far as JSON Schemas need it. */
export type TypeNode =
  /** A keyword or the name of a declared type. */
  | { kind: 'name'; text: string }
  | { kind: 'literal'; value: string | number | boolean }
  | { kind: 'array'; item: TypeNode }
  | { kind: 'union' | 'intersection'; members: TypeNode[] }
  | { kind: 'object'; members: Member[] };

/** A property, or the index signature where `key` is left out. */
export type Member = { key?: string; optional: boolean; comment: string; type: TypeNode };

/** What a schema says, or undefined where json-schema-to-typescript could not read it. */
export type CompiledType = Pick<Member, 'type' | 'comment'> | undefined;

export const unknownType: TypeNode = { kind: 'name', text: 'unknown' };

/** An object of which nothing is known. */
export const openObject: TypeNode = { kind: 'name', text: 'Record<string, unknown>' };

/** Names of declared types that a type mentions, sorted. */
export function namesIn(type: TypeNode): string[] {
  const names = new Set<string>();
  collect(type, names);
  return [...names].sort();
}

function collect(type: TypeNode, names: Set<string>): void {
  switch (type.kind) {
    case 'name':
      if (/^[A-Z]\w*$/.test(type.text)) names.add(type.text);
      return;
    case 'array':
      return collect(type.item, names);
    case 'object':
      for (const member of type.members) collect(member.type, names);
      return;
    case 'union':
    case 'intersection':
      for (const member of type.members) collect(member, names);
  }
}
