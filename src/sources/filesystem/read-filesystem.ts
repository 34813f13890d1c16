import type { FileFolders, FilesSource } from '../../blueprint/folders.js';
import type { Setting } from '../../blueprint/types.js';
import type { Origin } from '../../diagnostics/diagnostic.js';
import { readRoot, type FilesystemEntry } from '../manifest/filesystem-source.js';
import type { SourceReading } from '../reading.js';
import { fileTools } from './file-tools.js';

/** The tools of folders; nothing is read, since where the folders are is known only when the server starts. */
export function readFilesystem(id: string, entry: FilesystemEntry, file: string): SourceReading {
  const folders = foldersOf(id, entry);
  const origin: Origin = { file, path: ['sources', id] };
  const title = entry.title ?? id;
  const source: FilesSource = {
    kind: 'files',
    id,
    title,
    folders,
    schemas: {},
    settings: folders.roots.map((root) => settingOf(folders, root)),
    origin,
  };
  return {
    source,
    tools: fileTools(folders, { title, origin, prefix: entry.prefix }),
    skipped: [],
    findings: [],
    title: entry.title,
    description: undefined,
  };
}

function foldersOf(id: string, entry: FilesystemEntry): FileFolders {
  const { access = 'read-only', extensions, exclude, dotfiles, limits = {} } = entry;
  return {
    id,
    roots: namedRoots(entry.filesystem.map(readRoot)),
    access,
    limits: {
      maxFileBytes: limits.fileBytes ?? 10_000_000,
      maxBinaryBytes: limits.binaryBytes ?? 1_000_000,
      maxResults: limits.results ?? 1_000,
      timeoutMs: limits.timeoutMs ?? 10_000,
    },
    ...(extensions && { extensions: extensions.map((one) => one.toLowerCase()) }),
    ...(exclude && exclude.length > 0 && { exclude }),
    ...(dotfiles && { dotfiles }),
  };
}

type Root = FileFolders['roots'][number];

/** `FILES_ROOT` → `files`; the whole name where two would be alike. */
function namedRoots(roots: Omit<Root, 'name'>[]): Root[] {
  const short = roots.map(({ env }) => nameOf(env.replace(/_(?:ROOT|DIR|FOLDER|PATH)$/i, '')));
  return roots.map((root, index) => {
    const name = short[index]!;
    const isAlone = short.filter((other) => other === name).length === 1;
    return { name: isAlone ? name : nameOf(root.env), ...root };
  });
}

function nameOf(env: string): string {
  return (
    env
      .toLowerCase()
      .replace(/^_+|_+$/g, '')
      .replaceAll('_', '-') || 'files'
  );
}

function settingOf({ id, roots, access }: FileFolders, root: Root): Setting {
  const rights = access === 'read-write' ? 'read and change' : 'read';
  const name = roots.length > 1 ? `, shown as ${root.name}/` : '';
  return {
    env: root.env,
    description: `Folder that callers may ${rights} (${id}${name})`,
    secret: false,
    required: root.default === undefined,
    ...(root.default !== undefined && { default: root.default }),
  };
}
