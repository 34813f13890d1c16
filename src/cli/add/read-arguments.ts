import { usageError } from '../usage-error.js';

export type GivenArgument = {
  name: string;
  type: string;
  isRequired: boolean;
  description?: string;
};

const TYPES = ['string', 'integer', 'number', 'boolean', 'array', 'object'];

/** `days?:integer how many`: a name, `?` where it may be left out, a type, a description. Throws an InputError (MCP603). */
export function readArguments(words: readonly string[]): GivenArgument[] {
  const seen = new Set<string>();
  return words.map((word) => {
    const [, name, optional, type = 'string', description] =
      /^([A-Za-z_][\w.-]*)(\?)?(?::([a-z]+))?(?:\s+(.+))?$/s.exec(word) ?? [];
    if (name === undefined || !TYPES.includes(type))
      throw usageError(
        `--argument "${word}" is not like "city:string" or "days?:integer how many"`,
      );
    if (seen.has(name)) throw usageError(`--argument ${name} is given twice`);
    seen.add(name);
    const isRequired = optional === undefined;
    return { name, type, isRequired, ...(description !== undefined && { description }) };
  });
}
