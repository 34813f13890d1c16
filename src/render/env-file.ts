/** The name of an environment variable; throws on anything that is none. */
export function envName(name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new TypeError(`not a variable name: ${name}`);
  return name;
}

/**
 * A value in a `.env` file, as Node.js and dotenv read it: plain, or in single quotes. Empty where neither can hold it.
 */
export function envValue(value: string): string {
  // Plain only what a shell, too, takes as one word: such files are often sourced.
  if (/^[\w.:/@%+,=-]*$/.test(value)) return value;
  return /^[\x20-\x7e]*$/.test(value) && !value.includes("'") ? `'${value}'` : '';
}
