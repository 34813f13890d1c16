import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Environment } from '../settings/settings.js';
import type { FileFolders } from './folders.js';

/** Where the roots are, and why they cannot be used, each a sentence that names the variable to set. */
export type Roots = { places: Record<string, string>; problems: () => string[] };

/** Reads the variables once; a relative path begins where the server was started. */
export function readRoots({ roots }: FileFolders, env: Environment): Roots {
  const places: Record<string, string> = {};
  for (const { name, env: variable, default: fallback } of roots) {
    const given = env[variable]?.trim() || fallback;
    if (given) places[name] = resolve(given);
  }
  return {
    places,
    problems: () =>
      roots.flatMap(({ name, env: variable }) => {
        const place = places[name];
        if (place === undefined) return [`${variable} must be set to a folder.`];
        if (isFolder(place)) return [];
        return env[variable]?.trim()
          ? [`${variable} must name a folder that is there.`]
          : [`${variable} must be set to a folder: its default is none that is there.`];
      }),
  };
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
