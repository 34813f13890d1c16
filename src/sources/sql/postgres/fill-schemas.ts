import type { Placeholder } from './fill-variables.js';

/** What an extension's script calls the schema that it is installed in, or that another one is in. */
const EXTENSION_SCHEMA = /@extschema(?::[\w$-]+)?@/;
/**
 * Where a script that another program fills in first names a schema: `@SCHEMA@.thing`, `${schema}.thing`, `{{schema}}.thing`, none
 * of which PostgreSQL knows. Only behind a word that a name follows, for texts hold anything.
 */
const TEMPLATE_SCHEMA =
  /\b(?:table|view|type|domain|sequence|function|exists|references|only)\s+(@[A-Za-z_]\w*@|\$\{[\w.:-]{1,100}\}|\{\{[ \t]{0,9}[\w.:-]{1,100}[ \t]{0,9}\}\})(?=\.[\w"])/gi;
const DEFAULT_SCHEMA = 'public';

/** The text of a script that leaves its schema open as for one in `public`, and the first place where each has to be told. */
export function fillSchemas(text: string): { text: string; placeholders: Placeholder[] } {
  const found = new Map<string, Placeholder>();
  const extension = text.search(EXTENSION_SCHEMA);
  if (extension >= 0) found.set('@extschema@', placeholder(text, '@extschema@', extension));
  for (const { 0: all, 1: name = '', index } of text.matchAll(TEMPLATE_SCHEMA)) {
    if (found.has(name) || EXTENSION_SCHEMA.test(name)) continue;
    found.set(name, placeholder(text, name, index + all.length - name.length));
  }
  const filled = [...found.keys()].reduce(
    (known, name) =>
      name === '@extschema@'
        ? known.replace(new RegExp(EXTENSION_SCHEMA, 'g'), DEFAULT_SCHEMA)
        : known.replaceAll(name, DEFAULT_SCHEMA),
    text,
  );
  return { text: filled, placeholders: [...found.values()] };
}

function placeholder(text: string, name: string, at: number): Placeholder {
  const before = text.slice(0, at);
  return {
    name,
    value: DEFAULT_SCHEMA,
    line: before.split('\n').length,
    column: at - before.lastIndexOf('\n'),
  };
}
