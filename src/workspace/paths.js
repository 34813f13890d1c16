import { lstat, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { diagnostic } from '../diagnostics/catalog.js';
import { InputError } from '../diagnostics/diagnostic.js';
/** Folders that nothing generated ever lies in, whatever a lock says. */
const FOREIGN = new Set(['.git', 'node_modules']);
/** Whether a path from a lock or from names in an input may be used at all: relative, normal, with `/`. */
export function isProjectPath(path) {
    if (path === '' || path.length > 1000 || /[\\\0]/.test(path) || /^[a-z]:/i.test(path))
        return false;
    const parts = path.split('/');
    if (parts.some((part) => part === '' || part === '.' || part === '..'))
        return false;
    return !parts.some((part) => FOREIGN.has(part.toLowerCase()));
}
/**
 * The absolute path at which `path` is read and written. Every part that exists is followed: throws an InputError
 * (MCP503) when a link leads out of `root` or nowhere, or when a parent is not a folder. `root` need not exist.
 */
export async function resolveInside(root, path) {
    if (!isProjectPath(path))
        throw refused(path, 'it is not a plain relative path');
    const realRoot = await realOf(root);
    if (realRoot === undefined)
        return join(root, path);
    let at = realRoot;
    const parts = path.split('/');
    for (const [index, part] of parts.entries()) {
        const next = join(at, part);
        const facts = await lstatOf(next);
        if (!facts)
            return join(at, ...parts.slice(index));
        const real = facts.isSymbolicLink() ? await realOf(next) : next;
        if (real === undefined)
            throw refused(path, `the link ${part} leads nowhere`);
        if (!isInside(realRoot, real))
            throw refused(path, `the link ${part} leads out of it`);
        const isLast = index === parts.length - 1;
        if (!isLast && !(await lstatOf(real))?.isDirectory())
            throw refused(path, `${part} is not a folder`);
        at = real;
    }
    return at;
}
/** Whether `path` is `root` or below it; both absolute and real. Compares segments, so `/out-evil` is not in `/out`. */
export function isInside(root, path) {
    const way = relative(root, path);
    return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
function refused(path, why) {
    return new InputError([diagnostic('MCP503', { path, why })]);
}
async function realOf(path) {
    try {
        return await realpath(path);
    }
    catch (error) {
        const code = error.code;
        if (code === 'ENOENT' || code === 'ELOOP')
            return undefined;
        throw error;
    }
}
async function lstatOf(path) {
    try {
        return await lstat(path);
    }
    catch (error) {
        const code = error.code;
        if (code === 'ENOENT' || code === 'ENOTDIR')
            return undefined;
        throw error;
    }
}
