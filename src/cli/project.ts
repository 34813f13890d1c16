import { join, relative, resolve } from 'node:path';
import type { Blueprint } from '../blueprint/types.js';
import { diagnostic } from '../diagnostics/catalog.js';
import { InputError } from '../diagnostics/diagnostic.js';
import { parseManifest } from '../sources/manifest/manifest.js';
import { createLoader, type SourceText } from '../sources/read/loader.js';
import { isInside } from '../workspace/paths.js';
import type { ProjectFile } from '../workspace/project-file.js';
import { readProjectFile } from '../workspace/read-project.js';
import { decide, read, render, type Decision } from './pipe.js';
import type { Session } from './session.js';
import { usageError } from './usage-error.js';

export const MANIFEST = 'mcp.yaml';

/** A project as it is and as it should be. */
export type ProjectState = Decision & {
  root: string;
  /** As typed, for messages. */
  dir: string;
  blueprint: Blueprint;
  rendered: ProjectFile[];
};

/**
 * Reads the project that the command line names (the working directory unless it does) and everything that its manifest
 * names, and compares. Throws an InputError where there is no project or an input cannot be read.
 */
export async function openProject(session: Session): Promise<ProjectState> {
  const { args, io } = session;
  if (args.words.length > 1) throw usageError(`unknown argument: ${args.words[1]}`);
  const dir = args.words[0] ?? '.';
  const root = resolve(io.cwd, dir);
  const manifestText = await readProjectFile(root, MANIFEST);
  if (manifestText === undefined) throw new InputError([diagnostic('MCP506', { dir })]);
  const manifestFile = relative(io.cwd, join(root, MANIFEST));
  session.addTexts((file) => (file === manifestFile ? manifestText : undefined));

  const manifest = parseManifest(manifestText, manifestFile);
  const specs = join(root, 'specs');
  const loader = createLoader({
    base: root,
    cwd: io.cwd,
    signal: io.signal,
    // Pinned files of one document may refer to each other across its folders.
    refRoot: (path) => (isInside(specs, path) ? specs : undefined),
  });
  const blueprint = await read(session, manifest, loader);
  const pinned = pinnedTexts(root, io.cwd, loader.texts());
  const rendered = await render(session, blueprint, { manifestText, specs: pinned });
  return { root, dir, blueprint, rendered, ...(await decide(session, root, rendered)) };
}

function pinnedTexts(root: string, cwd: string, texts: SourceText[]) {
  const placed = texts.map(({ file, text }) => {
    const path = relative(root, resolve(cwd, file)).replaceAll('\\', '/');
    return { path, text };
  });
  return placed.filter(({ path }) => path.startsWith('specs/'));
}
