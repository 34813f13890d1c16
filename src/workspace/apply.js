import { mkdir, realpath, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { diagnostic } from '../diagnostics/catalog.js';
import { InputError } from '../diagnostics/diagnostic.js';
import { LOCK_PATH, writeLock } from './lock.js';
import { isInside, resolveInside } from './paths.js';
import { readProjectFile } from './read-project.js';
import { claimRun } from './run-lock.js';
import { textsToWrite } from './texts-to-write.js';
/**
 * Takes the steps: everything in memory, then staged beside the project, then moved into place. Nothing is written
 * while a conflict stands (InputError, MCP501), while another run is writing (MCP505), or after `signal`.
 */
export async function applySteps(root, steps, rendered, options) {
    const conflicts = steps.filter((step) => step.action === 'conflict');
    if (conflicts.length > 0) {
        throw new InputError(conflicts.map(({ path, reason }) => diagnostic('MCP501', { path, reason })));
    }
    const texts = await textsToWrite(root, steps, rendered);
    const lockText = writeLock(options.lock);
    const lockChanged = (await readProjectFile(root, LOCK_PATH)) !== lockText;
    const deleted = steps.filter((step) => step.action === 'delete').map((step) => step.path);
    if (texts.length + deleted.length === 0 && !lockChanged)
        return { written: [], deleted: [] };
    options.signal?.throwIfAborted();
    const machine = await resolveInside(root, '.mcp');
    const created = await mkdir(machine, { recursive: true });
    try {
        const release = await claimRun(join(machine, 'run.pid'));
        try {
            const stage = join(machine, `stage-${process.pid}`);
            const moves = { texts, lockText: lockChanged ? lockText : undefined, deleted };
            await stageAndMove(root, stage, moves, options.signal);
        }
        finally {
            await release();
        }
    }
    finally {
        await removeEmpty(machine, created === undefined ? machine : dirname(created));
    }
    return { written: texts.map(({ path }) => path), deleted };
}
async function stageAndMove(root, stage, { texts, deleted, lockText }, signal) {
    const lock = lockText === undefined ? [] : [{ path: LOCK_PATH, text: lockText }];
    const moves = [];
    try {
        await mkdir(stage, { recursive: true });
        for (const [index, { path, text }] of [...texts, ...lock].entries()) {
            signal?.throwIfAborted();
            const from = join(stage, String(index));
            await writeFile(from, text);
            moves.push([from, await resolveInside(root, path)]);
        }
        signal?.throwIfAborted();
        // From here on the run is finished whatever happens: a mixture of old and new would be worse.
        for (const [from, to] of moves.slice(0, texts.length))
            await move(from, to);
        for (const path of deleted)
            await deleteFile(root, path);
        for (const [from, to] of moves.slice(texts.length))
            await move(from, to);
    }
    finally {
        await rm(stage, { recursive: true, force: true });
    }
}
async function move(from, to) {
    await mkdir(dirname(to), { recursive: true });
    await rename(from, to);
}
async function deleteFile(root, path) {
    const file = await resolveInside(root, path);
    await rm(file, { force: true });
    await removeEmpty(dirname(file), await realpath(root));
}
/** Removes `dir` and its parents below `top` as long as they are empty. */
async function removeEmpty(dir, top) {
    if (dir === top || !isInside(top, dir))
        return;
    try {
        await rmdir(dir);
    }
    catch {
        return;
    }
    await removeEmpty(dirname(dir), top);
}
