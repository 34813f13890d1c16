/** Keywords of JSON Schema 2020-12 whose value is one schema. */
export const SINGLES = [
  'items',
  'contains',
  'not',
  'if',
  'then',
  'else',
  'propertyNames',
  'additionalProperties',
  'unevaluatedProperties',
  'unevaluatedItems',
] as const;

/** Keywords whose value is a list of schemas. */
export const LISTS = ['allOf', 'anyOf', 'prefixItems'] as const;

/** Keywords whose members are schemas, and whose keys are names or patterns. */
export const MAPS = ['properties', 'patternProperties', 'dependentSchemas'] as const;
