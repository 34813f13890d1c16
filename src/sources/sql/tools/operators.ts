/** All operators of a condition, as the emitted runtime knows them; which one fits a column it says by its kind. */
export const OPERATORS = [
  '=',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'in',
  'not in',
  'like',
  'contains',
  'starts with',
  'ends with',
  'is null',
  'is not null',
] as const;

/** Functions of a figure. */
export const FUNCTIONS = ['count', 'count distinct', 'sum', 'avg', 'min', 'max'] as const;
