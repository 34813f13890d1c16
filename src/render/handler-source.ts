import { identifier, jsString } from './emit.js';

const WIDTH = 100;

/** The path of a module whose file mcp.yaml names: letters, digits, "_" and "-"; throws on anything else. */
function ownModulePath(path: string): string {
  if (
    !/^\.{1,2}(?:\/(?:\.\.|[A-Za-z0-9][A-Za-z0-9_-]*))*\/[A-Za-z0-9][A-Za-z0-9_-]*\.js$/.test(path)
  ) {
    throw new TypeError(`not a module path: ${path}`);
  }
  return `'${path}'`;
}

/** Imports the function of a handler file, under a name of its own where one is given. */
export function importHandler(name: string, from: string): string {
  const binding = name === 'handler' ? name : `handler as ${identifier(name)}`;
  return `import { ${binding} } from ${ownModulePath(from)};`;
}

/** Gives a value of a file of the user on. */
export function exportOwn(name: string, from: string): string {
  return `export { ${identifier(name)} } from ${ownModulePath(from)};`;
}

/** What stands before the body of a handler; `takes` are the names of its parameters. */
export function handlerHead(type: string, types: string[], takes: string[]): string {
  const names = types.map(identifier);
  const head = `export const handler: ${identifier(type)}<`;
  const tail = `> = async (${takes.map(identifier).join(', ')}) => {`;
  const line = `${head}${names.join(', ')}${tail}`;
  if (line.length <= WIDTH) return line;
  return `${head}\n${names.map((name) => `  ${name}`).join(',\n')}\n${tail}`;
}

/** A statement, two columns in, that refuses a call with a message. */
export function throwUserInput(message: string): string {
  const text = jsString(message);
  const line = `  throw new UserInputError(${text});`;
  return line.length <= WIDTH ? line : `  throw new UserInputError(\n    ${text},\n  );`;
}
