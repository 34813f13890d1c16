import validate from 'validate-npm-package-name';
import { kebabCase } from './words.js';

/** Where Streamable HTTP is served when nothing else is said. */
export const httpUrl = 'http://127.0.0.1:3000/mcp';

const MAX_NAME = 200;

/** A name that npm accepts: the given one where it does. */
export function packageName(name: string): string {
  if (isValid(name)) return name;
  const derived = kebabCase(name).slice(0, MAX_NAME);
  return isValid(derived) ? derived : 'mcp-server';
}

function isValid(name: string): boolean {
  // The validator throws on what cannot be part of a URL.
  return /^[@/a-z0-9._~-]+$/.test(name) && validate(name).validForNewPackages;
}

/** What the server is called on a command line and in configurations: the package name without its scope. */
export function binName(name: string): string {
  return packageName(name).replace(/^@[^/]*\//, '');
}

/** A semantic version: the given one where it is one. */
export function packageVersion(version: string): string {
  const semver =
    /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$/;
  return version.length <= 60 && semver.test(version) ? version : '0.1.0';
}
