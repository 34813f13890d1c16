import type { Backend, BackendFactory } from '../backend.js';
import { readResultLimit } from '../calls/result-limit.js';
import { callFileTool, type AskFiles } from './call-file-tool.js';
import { fileResources } from './file-resources.js';
import { hasFiles, type FileAction } from './file-tool.js';
import type { FileFolders, PlacedFolders } from './folders.js';
import type { InnerAction } from './perform.js';
import { readRoots, type Roots } from './roots.js';
import { watchFiles } from './watch-files.js';
import { createWorkerLane } from './worker-lane.js';

/** What can take long, and may be ended at any time. */
const WALKS: ReadonlySet<InnerAction> = new Set<FileAction>(['list', 'tree', 'find', 'search']);
const WALKERS = 2;
/** Walks end by themselves at their deadline; only an expression that does not come back has to be ended. */
const GRACE_MS = 500;

/** The folders behind tools that read or change files. */
export function fileBackend(folders: Record<string, FileFolders>): BackendFactory {
  return ({ env }): Backend => {
    const maxResultChars = readResultLimit(env);
    const roots = new Map<string, Roots>();
    const placed: Record<string, PlacedFolders> = {};
    for (const [id, one] of Object.entries(folders)) {
      const found = readRoots(one, env);
      roots.set(id, found);
      placed[id] = { folders: one, places: found.places, maxResultChars };
    }
    const walkers = createWorkerLane(placed, WALKERS);
    // One alone: changes of one file come one after the other.
    const worker = createWorkerLane(placed, 1);
    const ask: AskFiles = (request, signal) => {
      if (!WALKS.has(request.action)) return worker.run(request, { signal });
      const timeoutMs = placed[request.source]?.folders.limits.timeoutMs ?? 0;
      return walkers.run(request, { signal, killAfterMs: timeoutMs + GRACE_MS });
    };
    return {
      serves: hasFiles,
      problems: (tool) => (hasFiles(tool) ? (roots.get(tool.files.source)?.problems() ?? []) : []),
      call: async (tool, args, signal) => {
        if (!hasFiles(tool)) throw new TypeError(`${tool.name} has no files`);
        return callFileTool(tool, args, ask, signal);
      },
      prepare: async () => {
        worker.warm();
        walkers.warm();
      },
      resources: {
        ...fileResources(Object.keys(folders), ask),
        watch: watchFiles(Object.keys(folders), ask),
      },
      close: async () => {
        await Promise.all([walkers.close(), worker.close()]);
      },
    };
  };
}
