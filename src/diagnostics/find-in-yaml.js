import { isAlias, isMap, isNode, isPair, isScalar, isSeq, parseDocument, } from 'yaml';
/** A finder for one YAML text, which is parsed once. Give it only texts whose depth was checked before. */
export function yamlFinder(text) {
    const options = {
        uniqueKeys: false,
        logLevel: 'silent',
        merge: true,
        stringKeys: false,
    };
    const document = parseDocument(text, options);
    return (path) => {
        let span = spanOf(document.contents);
        let at = document.contents;
        for (const key of path) {
            const holder = followed(at, document);
            if (isSeq(holder)) {
                at = holder.items[Number(key)];
                if (at === undefined)
                    break;
                span = spanOf(at) ?? span;
                continue;
            }
            const pair = isMap(holder) ? pairAt(holder.items, String(key), document, 0) : undefined;
            if (!pair)
                break;
            at = pair.value;
            const keySpan = spanOf(pair.key);
            const value = spanOf(pair.value)?.value ?? keySpan?.value;
            if (value)
                span = { ...(keySpan && { key: keySpan.value }), value };
        }
        return span;
    };
}
const MAX_MERGES = 20;
/** The last pair with that key, merged mappings (`<<`) included. */
function pairAt(items, key, document, merges) {
    const pairs = items.filter(isPair);
    const own = pairs.findLast((pair) => nameOf(pair) === key);
    if (own || merges > MAX_MERGES)
        return own;
    for (const pair of pairs) {
        if (nameOf(pair) !== '<<')
            continue;
        const source = followed(pair.value, document);
        const maps = isSeq(source) ? source.items.map((item) => followed(item, document)) : [source];
        for (const map of maps) {
            const found = isMap(map) ? pairAt(map.items, key, document, merges + 1) : undefined;
            if (found)
                return found;
        }
    }
    return undefined;
}
function nameOf(pair) {
    if (!isScalar(pair.key))
        return undefined;
    // `<<` is parsed into a symbol of its own; numbers are keys as they are written.
    return pair.key.source ?? String(pair.key.value);
}
function followed(node, document) {
    return isAlias(node) ? node.resolve(document) : node;
}
function spanOf(node) {
    const range = isNode(node) ? node.range : undefined;
    return range ? { value: [range[0], range[1]] } : undefined;
}
