/**
 * Formats that validators check and that tell a caller how to write the value; all others are words (JSON Schema 2020-12
 * validation §7).
 */
export const FORMATS: ReadonlySet<string> = new Set([
  'date',
  'date-time',
  'duration',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'time',
  'uri',
  'uri-reference',
  'uuid',
]);
