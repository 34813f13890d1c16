/**
 * Three-way merge of JSON by key: `base` is what was generated last time, `mine` what is on disk, `theirs` what is
 * generated now. Line merges would conflict on neighbouring dependencies. Where both sides changed one value the user's
 * is kept and reported. Keys keep the user's order; new ones come last. Throws a SyntaxError for text that is not JSON.
 */
export function mergePackage(base, mine, theirs) {
    const conflicts = [];
    const merged = merge(parse(base), parse(mine), parse(theirs), [], conflicts);
    return { text: `${JSON.stringify(merged, null, 2)}\n`, conflicts };
}
function merge(base, mine, theirs, path, conflicts) {
    if (same(base, theirs) || same(mine, theirs))
        return mine;
    if (same(base, mine))
        return theirs;
    if (isObject(mine) && isObject(theirs)) {
        const from = isObject(base) ? base : {};
        const keys = new Set([...Object.keys(mine), ...Object.keys(theirs)]);
        const entries = [...keys].map((key) => [
            key,
            merge(own(from, key), own(mine, key), own(theirs, key), [...path, key], conflicts),
        ]);
        return Object.fromEntries(entries.filter((entry) => entry[1] !== undefined));
    }
    conflicts.push({ path });
    return mine;
}
function own(holder, key) {
    return Object.hasOwn(holder, key) ? holder[key] : undefined;
}
function same(a, b) {
    return JSON.stringify(a) === JSON.stringify(b);
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function parse(text) {
    return JSON.parse(text);
}
