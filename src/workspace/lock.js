import { z } from 'zod';
import { diagnostic } from '../diagnostics/catalog.js';
import { InputError } from '../diagnostics/diagnostic.js';
import { isProjectPath } from './paths.js';
import { hashOf } from './project-file.js';
export const LOCK_PATH = 'mcp.lock.json';
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'is not a SHA-256');
const lockSchema = z.object({
    lockVersion: z.literal(1),
    generator: z.string(),
    inputs: z.record(z.string(), sha256),
    files: z.record(z.string(), z.object({ owner: z.enum(['managed', 'seed', 'merged', 'user']), sha256 })),
});
/** Reads `mcp.lock.json`; every path in it is checked. Throws an InputError (MCP502). */
export function parseLock(text) {
    const parsed = lockSchema.safeParse(jsonOf(text));
    if (!parsed.success)
        throw broken(describe(parsed.error));
    const { generator, inputs, files } = parsed.data;
    const foreign = [...Object.keys(inputs), ...Object.keys(files)].find((path) => !isProjectPath(path));
    if (foreign !== undefined)
        throw broken(`"${foreign}" is not a path in the project`);
    return {
        generator,
        inputs: new Map(Object.entries(inputs)),
        files: new Map(Object.entries(files)),
    };
}
/** Text of `mcp.lock.json`: sorted, without times or absolute paths. */
export function writeLock(lock) {
    const content = {
        lockVersion: 1,
        generator: lock.generator,
        inputs: sorted(lock.inputs),
        files: sorted(lock.files),
    };
    return `${JSON.stringify(content, null, 2)}\n`;
}
/**
 * The lock after `steps` were taken. A file that was kept keeps its entry, so that it stays known as edited or as
 * deleted; one that is no longer generated is forgotten. `user` files are the inputs.
 */
export function nextLock(before, steps, rendered, generator) {
    const texts = new Map(rendered.map((file) => [file.path, file.text]));
    const files = new Map();
    for (const { path, owner, action } of steps) {
        const text = texts.get(path);
        if (text === undefined)
            continue;
        const known = before?.files.get(path);
        if (action !== 'keep')
            files.set(path, { owner, sha256: hashOf(text) });
        else if (known)
            files.set(path, known);
    }
    const inputs = rendered.filter((file) => file.owner === 'user');
    return {
        generator,
        inputs: new Map(inputs.map((file) => [file.path, hashOf(file.text)])),
        files,
    };
}
function sorted(map) {
    return Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
}
function jsonOf(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        throw broken('it is not JSON');
    }
}
function describe(error) {
    const issue = error.issues[0];
    return issue ? `${issue.path.join('.') || 'its root'}: ${issue.message}` : 'it has another shape';
}
function broken(why) {
    return new InputError([diagnostic('MCP502', { why })]);
}
