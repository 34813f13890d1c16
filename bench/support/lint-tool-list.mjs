const NAME = /^[a-zA-Z0-9_-]{1,64}$/;
const PROPERTY = /^[A-Za-z0-9_.-]{1,64}$/;
const FOREIGN = [
  'nullable',
  'discriminator',
  'xml',
  'externalDocs',
  'example',
  'readOnly',
  'writeOnly',
];

/** What strict clients refuse a list for: one line for each problem. */
export function lintToolList(tools) {
  const problems = [];
  const names = new Set();
  for (const tool of tools) {
    if (!NAME.test(tool.name)) problems.push(`${tool.name}: bad name`);
    if (names.has(tool.name.toLowerCase())) problems.push(`${tool.name}: name used twice`);
    names.add(tool.name.toLowerCase());
    for (const key of ['inputSchema', 'outputSchema']) {
      if (tool[key] !== undefined) problems.push(...lintRoot(tool[key], `${tool.name}.${key}`));
    }
  }
  return problems;
}

function lintRoot(schema, at) {
  const problems = [];
  if (schema.type !== 'object') problems.push(`${at}: root is not an object`);
  for (const key of ['anyOf', 'oneOf', 'allOf', 'not', 'if', '$ref']) {
    if (schema[key] !== undefined) problems.push(`${at}: ${key} at the root`);
  }
  lint(schema, at, schema.$defs ?? {}, problems);
  return problems;
}

function lint(schema, at, defs, problems) {
  if (typeof schema !== 'object' || schema === null) return;
  if (
    schema.$ref !== undefined &&
    !Object.hasOwn(defs, String(schema.$ref).replace('#/$defs/', ''))
  ) {
    problems.push(`${at}: ${schema.$ref} is not in its $defs`);
  }
  for (const key of FOREIGN) if (schema[key] !== undefined) problems.push(`${at}: keyword ${key}`);
  for (const key of Object.keys(schema))
    if (key.startsWith('x-')) problems.push(`${at}: keyword ${key}`);
  if (typeof schema.pattern === 'string') lintPattern(schema.pattern, at, problems);
  for (const pattern of Object.keys(schema.patternProperties ?? {}))
    lintPattern(pattern, at, problems);
  for (const [name, inner] of Object.entries(schema.properties ?? {})) {
    if (!PROPERTY.test(name)) problems.push(`${at}: property ${JSON.stringify(name)}`);
    lint(inner, `${at}.${name}`, defs, problems);
  }
  for (const key of ['$defs', 'patternProperties', 'dependentSchemas']) {
    for (const inner of Object.values(schema[key] ?? {}))
      lint(inner, `${at}.${key}`, defs, problems);
  }
  for (const key of ['allOf', 'anyOf', 'oneOf', 'prefixItems']) {
    for (const inner of schema[key] ?? []) lint(inner, `${at}.${key}`, defs, problems);
  }
  for (const key of [
    'items',
    'not',
    'if',
    'then',
    'else',
    'contains',
    'propertyNames',
    'additionalProperties',
  ]) {
    lint(schema[key], `${at}.${key}`, defs, problems);
  }
}

function lintPattern(pattern, at, problems) {
  try {
    new RegExp(pattern, 'u');
  } catch {
    problems.push(`${at}: pattern ${pattern}`);
  }
}
