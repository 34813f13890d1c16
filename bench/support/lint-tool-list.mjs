/** A message of the protocol may not be longer for stdio clients (10 MiB). */
const MAX_LIST_BYTES = 10 * 1024 * 1024;
const MAX_DEPTH = 200;
const TOOL_NAME = /^[A-Za-z0-9_-]{1,64}$/;
const PROPERTY_NAME = /^[A-Za-z0-9_.-]{1,64}$/;
const REFERENCE = /^#\/\$defs\/([^/]+)$/;
const TYPES = new Set(['null', 'boolean', 'object', 'array', 'number', 'string', 'integer']);
const ROOT_COMBINATORS = ['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'enum', '$ref'];
const OPENAPI_ONLY = [
  'allowEmptyValue',
  'collectionFormat',
  'discriminator',
  'example',
  'externalDocs',
  'nullable',
  'xml',
];
/** Keywords whose value is a schema, a list of schemas, or schemas by name (JSON Schema 2020-12). */
const SCHEMAS = [
  'items',
  'contains',
  'not',
  'propertyNames',
  'if',
  'then',
  'else',
  'additionalProperties',
  'unevaluatedProperties',
  'unevaluatedItems',
  'contentSchema',
];
const LISTS = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const MAPS = ['properties', 'patternProperties', 'dependentSchemas', '$defs'];
/** Where `true` and `false` are what everybody writes; anywhere else clients stumble over them. */
const BOOLEAN_PLACES = new Set([
  'additionalProperties',
  'unevaluatedProperties',
  'unevaluatedItems',
]);
/**
 * What clients refuse a tool list for, one line each: `tool › place: problem`. Empty for a list that all of them take. The
 * errors of the Inspector's `--strict` are among them.
 */
export function lintToolList(tools) {
  if (!Array.isArray(tools)) return ['tools is no list'];
  const problems = [];
  const bytes = Buffer.byteLength(JSON.stringify({ tools }));
  if (bytes > MAX_LIST_BYTES) problems.push(`the list has ${bytes} bytes`);
  const seen = new Set();
  for (const tool of tools) {
    if (!isSchema(tool)) {
      problems.push('a tool is no object');
      continue;
    }
    const { name } = tool;
    const report = (place, problem) => problems.push(`${String(name)} › ${place}: ${problem}`);
    if (typeof name !== 'string' || !TOOL_NAME.test(name)) report('name', 'is not usable');
    if (seen.has(name)) report('name', 'is taken');
    seen.add(name);
    lintRoot(tool, 'inputSchema', report);
    if (tool['outputSchema'] !== undefined) lintRoot(tool, 'outputSchema', report);
  }
  return problems;
}
function lintRoot(tool, key, report) {
  const root = tool[key];
  if (!isSchema(root)) return report(key, 'is no object');
  if (root['type'] !== 'object') report(key, 'the root is not of type object');
  for (const keyword of ROOT_COMBINATORS) {
    if (keyword in root) report(key, `${keyword} at the root`);
  }
  const defs = isSchema(root['$defs']) ? root['$defs'] : {};
  lintSchema(root, key, 0, { defs, checksNames: key === 'inputSchema', report });
}
function lintSchema(schema, place, depth, walk) {
  if (depth > MAX_DEPTH) return walk.report(place, 'is nested too deeply');
  lintKeywords(schema, place, walk);
  const visit = (value, at, keyword) => {
    if (isSchema(value)) return lintSchema(value, at, depth + 1, walk);
    if (typeof value !== 'boolean') return walk.report(at, 'is no schema');
    if (!BOOLEAN_PLACES.has(keyword)) walk.report(at, `is the bare schema ${String(value)}`);
  };
  for (const keyword of SCHEMAS) {
    if (keyword in schema) visit(schema[keyword], `${place}.${keyword}`, keyword);
  }
  for (const keyword of LISTS) {
    if (!(keyword in schema)) continue;
    const list = schema[keyword];
    if (!Array.isArray(list) || list.length === 0) {
      walk.report(`${place}.${keyword}`, 'is no list of schemas');
      continue;
    }
    list.forEach((value, index) => visit(value, `${place}.${keyword}[${index}]`, keyword));
  }
  for (const keyword of MAPS) {
    if (!(keyword in schema)) continue;
    const map = schema[keyword];
    if (!isSchema(map)) {
      walk.report(`${place}.${keyword}`, 'is no object');
      continue;
    }
    for (const [name, value] of Object.entries(map)) {
      const at = `${place}.${keyword}.${name}`;
      if (keyword === 'properties' && walk.checksNames && !PROPERTY_NAME.test(name)) {
        walk.report(at, 'is no usable property name');
      }
      if (keyword === 'patternProperties') lintPattern(name, at, walk);
      visit(value, at, keyword);
    }
  }
}
function lintKeywords(schema, place, walk) {
  const { $ref: reference, type, required } = schema;
  if (reference !== undefined) {
    const [, name] = REFERENCE.exec(String(reference)) ?? [];
    const key = name && decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~');
    if (key === undefined) walk.report(place, `refers to ${String(reference)}`);
    else if (!Object.hasOwn(walk.defs, key)) walk.report(place, `refers to nothing: ${key}`);
  }
  for (const keyword of Object.keys(schema)) {
    if (OPENAPI_ONLY.includes(keyword) || keyword.startsWith('x-')) {
      walk.report(place, `holds the keyword ${keyword}`);
    }
  }
  if (type !== undefined) {
    const types = Array.isArray(type) ? type : [type];
    const valid = types.length > 0 && types.every((one) => TYPES.has(one));
    if (!valid || new Set(types).size !== types.length) {
      walk.report(place, `has the type ${JSON.stringify(type)}`);
    }
  }
  if ('pattern' in schema) lintPattern(schema['pattern'], `${place}.pattern`, walk);
  for (const keyword of ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum']) {
    if (keyword in schema && typeof schema[keyword] !== 'number') {
      walk.report(place, `${keyword} is no number`);
    }
  }
  if (required !== undefined && !isNameList(required)) {
    walk.report(place, 'required is no list of names');
  }
  if ('enum' in schema && (!Array.isArray(schema['enum']) || schema['enum'].length === 0)) {
    walk.report(place, 'enum is no list of values');
  }
}
function lintPattern(pattern, place, walk) {
  try {
    new RegExp(String(pattern), 'u');
  } catch {
    walk.report(place, 'is not valid under u');
  }
}
function isNameList(value) {
  return (
    Array.isArray(value) &&
    value.every((name) => typeof name === 'string') &&
    new Set(value).size === value.length
  );
}
function isSchema(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
