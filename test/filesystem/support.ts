import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { FileAnswer } from '../../templates/src/runtime/files/file-answer.js';
import type { FileFolders } from '../../templates/src/runtime/files/folders.js';
import { createScope } from '../../templates/src/runtime/files/locate.js';
import type { Anchor } from '../../templates/src/runtime/files/open-folder.js';
import { performFileAction, type InnerAction } from '../../templates/src/runtime/files/perform.js';

export const LIMITS = {
  maxFileBytes: 100_000,
  maxBinaryBytes: 10_000,
  maxResults: 1_000,
  timeoutMs: 10_000,
};

/** A folder with a root in it, and room beside the root for what nobody may reach. */
export type Ground = {
  outside: string;
  root: string;
  /** Writes files below the folder, by their paths. */
  fill: (files: Record<string, string | Buffer>) => void;
  remove: () => void;
};

export function makeGround(files: Record<string, string | Buffer> = {}): Ground {
  const outside = realpathSync(mkdtempSync(join(tmpdir(), 'files-')));
  const root = join(outside, 'root');
  mkdirSync(root);
  const ground: Ground = {
    outside,
    root,
    fill: (given) => {
      for (const [path, content] of Object.entries(given)) {
        mkdirSync(dirname(join(outside, path)), { recursive: true });
        writeFileSync(join(outside, path), content);
      }
    },
    remove: () => rmSync(outside, { recursive: true, force: true }),
  };
  ground.fill(files);
  return ground;
}

export type Options = Partial<Omit<FileFolders, 'id' | 'roots'>> & {
  anchor?: Anchor;
  maxResultChars?: number;
  places?: Record<string, string>;
};

export function scopeOf(root: string, options: Options = {}) {
  const { anchor, maxResultChars = 50_000, places = { files: root }, ...more } = options;
  const roots = Object.keys(places).map((name) => ({ name, env: `${name.toUpperCase()}_ROOT` }));
  const folders: FileFolders = {
    id: 'files',
    roots,
    access: 'read-write',
    limits: LIMITS,
    ...more,
  };
  return createScope({ folders, places, maxResultChars }, anchor);
}

/** Does things in the root; what callers are told of a failure is the message of the error. */
export function actor(root: string, options: Options = {}) {
  const scope = scopeOf(root, options);
  return (action: InnerAction, args: Record<string, unknown> = {}): FileAnswer['data'] =>
    performFileAction(scope, action, args).data;
}

/** What callers read. */
export function reader(root: string, options: Options = {}) {
  const scope = scopeOf(root, options);
  return (action: InnerAction, args: Record<string, unknown> = {}): string[] =>
    (performFileAction(scope, action, args).content ?? []).map((part) =>
      part.type === 'text' ? part.text : part.type,
    );
}
