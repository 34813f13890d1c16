import { hashOf } from './project-file.js';
/**
 * Decides by rule what happens to every file that is rendered or locked: a pure table, first match wins. `disk` holds the
 * texts of those that exist. Sorted by path.
 */
export function reconcile(lock, disk, rendered, options = {}) {
    const files = new Map(rendered.map((file) => [file.path, file]));
    const locked = lock?.files ?? new Map();
    const paths = [...new Set([...files.keys(), ...locked.keys()])].sort();
    return paths.map((path) => {
        const file = files.get(path);
        const text = disk.get(path);
        const owner = file?.owner ?? locked.get(path).owner;
        const verdict = decide(owner, {
            locked: locked.get(path)?.sha256,
            disk: text === undefined ? undefined : hashOf(text),
            next: file && hashOf(file.text),
        });
        if (options.force && verdict.action === 'conflict') {
            return { path, owner, action: 'update', reason: `forced: ${verdict.reason}` };
        }
        return { path, owner, ...verdict };
    });
}
function decide(owner, facts) {
    const { locked, disk, next } = facts;
    if (next === undefined)
        return noLongerRendered(owner, facts);
    if (disk === undefined)
        return absent(owner, locked);
    if (disk === next)
        return verdict('unchanged');
    if (owner === 'seed') {
        const moved = disk === locked;
        return verdict('keep', moved ? 'the template has moved on since it was written' : '');
    }
    if (locked === undefined)
        return verdict('conflict', 'it exists and was not generated');
    if (disk === locked)
        return verdict('update');
    if (next === locked)
        return verdict('keep', 'edited');
    if (owner === 'merged')
        return verdict('merge', 'edited, and changed by the generator');
    return verdict('conflict', 'edited, and changed by the generator');
}
function absent(owner, locked) {
    if (locked === undefined)
        return verdict('create');
    if (owner === 'seed' || owner === 'merged')
        return verdict('keep', 'you deleted it');
    return verdict('restore', 'it was missing');
}
function noLongerRendered(owner, { locked, disk }) {
    if (disk === undefined)
        return verdict('keep', 'no longer generated, and gone');
    if (owner !== 'managed')
        return verdict('keep', 'no longer used');
    if (disk === locked)
        return verdict('delete', 'no longer generated');
    return verdict('keep', 'edited, no longer generated');
}
function verdict(action, reason = '') {
    return { action, reason };
}
