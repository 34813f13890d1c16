import { lstatSync, realpathSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { UserInputError } from '../calls/user-input-error.js';
import { codeOf, missing } from './file-failure.js';
import type { PlacedFolders } from './folders.js';
import { descend, openTop, type Anchor, type OpenFolder } from './open-folder.js';
import { readNewPath, readPath, shownPath } from './read-path.js';
import { createVisibility, type Visibility } from './visibility.js';

/** Folders as one call sees them. */
export type Scope = PlacedFolders & { visibility: Visibility; anchor?: Anchor };

export function createScope(placed: PlacedFolders, anchor?: Anchor): Scope {
  return { ...placed, visibility: createVisibility(placed.folders), ...(anchor && { anchor }) };
}

/** Something below a root: real path of the root, real names below it, and the path that callers know. */
export type Location = { root: string; names: string[]; shown: string };

/**
 * Where a path of a caller leads: links are followed as long as they stay below the root. `undefined` for the top of several
 * roots. Throws an UserInputError; that something is hidden, lies elsewhere or does not exist sounds the same.
 */
export function locate(scope: Scope, path: string): Location | undefined {
  const place = placeOf(scope, path, readPath(path));
  if (place === undefined) return undefined;
  const { root, names } = place;
  const real = below(root, resolved(join(root, ...names), path), path);
  if (!scope.visibility.shows(real)) throw missing(path);
  return { root, names: real, shown: place.shown };
}

/** The same for the entry itself, a link being one, that exists or is to be made; the folder that it is in must exist. */
export function locateEntry(scope: Scope, path: string, isNew: boolean): Location {
  const place = placeOf(scope, path, (isNew ? readNewPath : readPath)(path));
  if (place === undefined || place.names.length === 0) {
    throw new UserInputError(`${shownPath(path)} is a folder that mcp.yaml names: it stays.`);
  }
  const { root, names } = place;
  const above = place.shown.split('/').slice(0, -1).join('/');
  const parent = below(root, resolved(join(root, ...names.slice(0, -1)), above), above);
  if (!scope.visibility.shows(parent)) throw missing(above);
  const real = [...parent, names.at(-1)!];
  if (!scope.visibility.shows(real)) throw missing(path);
  return { root, names: real, shown: place.shown };
}

/** The folder at a location, open. */
export function openLocation({ root, names }: Location, scope: Scope): OpenFolder {
  return descend(openTop(root, scope.anchor), names);
}

/** The folder in which a location is, open. */
export function openParent({ root, names }: Location, scope: Scope): OpenFolder {
  return descend(openTop(root, scope.anchor), names.slice(0, -1));
}

/** The real path of a root by its name. Throws an UserInputError without any path. */
function rootPath({ folders, places }: PlacedFolders, name: string): string {
  const root = folders.roots.find((one) => one.name === name);
  const place = Object.hasOwn(places, name) ? places[name] : undefined;
  try {
    if (place === undefined) throw new Error('not set');
    const real = realpathSync.native(place);
    if (lstatSync(real).isDirectory()) return real;
  } catch {
    // Told below.
  }
  throw new UserInputError(`The folder that ${root?.env ?? name} names is not there.`);
}

function placeOf(scope: Scope, path: string, names: string[]): Location | undefined {
  const { roots } = scope.folders;
  const isOne = roots.length === 1;
  if (!isOne && names.length === 0) return undefined;
  const [first, ...rest] = isOne ? [roots[0]!.name, ...names] : names;
  if (!roots.some(({ name }) => name === first)) {
    const known = roots.map(({ name }) => name).join(', ');
    throw new UserInputError(`${shownPath(path)} does not exist. Paths begin with: ${known}.`);
  }
  if (!scope.visibility.shows(rest)) throw missing(path);
  return { root: rootPath(scope, first!), names: rest, shown: names.join('/') };
}

function resolved(path: string, shown: string): string {
  try {
    return realpathSync.native(path);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EACCES' || code === 'EPERM' || code === 'EIO') throw error;
    throw missing(shown);
  }
}

/** Names below the root; by `path.relative`, since beginning with the same text says nothing. */
function below(root: string, real: string, shown: string): string[] {
  const rest = relative(root, real);
  const names = rest === '' ? [] : rest.split(sep);
  if (isAbsolute(rest) || names[0] === '..') throw missing(shown);
  return names;
}
