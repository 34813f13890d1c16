/**
 * Where the value at `path` stands in a JSON text, or the nearest holder of it that exists. Reads only as far as
 * needed and builds nothing, so a position in 20 MB costs milliseconds. Undefined for text that is not JSON.
 */
export function findInJson(text, path) {
    let found = rootSpan(text);
    for (const key of path) {
        const next = found && member(text, found.value[0], key);
        if (!next)
            break;
        found = next;
    }
    if (!found)
        return undefined;
    const end = skipValue(text, found.value[0]);
    return { ...found, value: [found.value[0], end] };
}
function rootSpan(text) {
    const start = skipSpace(text, text.startsWith('\ufeff') ? 1 : 0);
    return start < text.length ? { value: [start, start] } : undefined;
}
/** The last member with that key (repeated keys: the last one counts), or the item at that index. */
function member(text, start, key) {
    const isArray = text[start] === '[';
    if (!isArray && text[start] !== '{')
        return undefined;
    let found;
    let at = skipSpace(text, start + 1);
    for (let index = 0; at < text.length && text[at] !== ']' && text[at] !== '}'; index += 1) {
        const keySpan = isArray ? undefined : [at, skipValue(text, at)];
        const name = keySpan ? parsedKey(text.slice(...keySpan)) : index;
        if (keySpan)
            at = skipSpace(text, skipSpace(text, keySpan[1]) + 1);
        if (String(name) === String(key)) {
            found = { ...(keySpan && { key: keySpan }), value: [at, at] };
            if (isArray)
                return found;
        }
        const after = skipSpace(text, skipValue(text, at));
        if (text[after] !== ',')
            break;
        at = skipSpace(text, after + 1);
    }
    return found;
}
function parsedKey(quoted) {
    try {
        return JSON.parse(quoted);
    }
    catch {
        return undefined;
    }
}
function skipSpace(text, start) {
    let at = start;
    while (at < text.length && ' \t\r\n'.includes(text[at]))
        at += 1;
    return at;
}
/** Offset after the value that starts at `start`. */
function skipValue(text, start) {
    const first = text[start];
    if (first === '"')
        return skipString(text, start);
    if (first !== '{' && first !== '[') {
        let at = start;
        while (at < text.length && !',]} \t\r\n:'.includes(text[at]))
            at += 1;
        return at;
    }
    let depth = 0;
    for (let at = start; at < text.length; at += 1) {
        const code = text.charCodeAt(at);
        if (code === 0x22)
            at = skipString(text, at) - 1;
        else if (code === 0x7b || code === 0x5b)
            depth += 1;
        else if ((code === 0x7d || code === 0x5d) && --depth === 0)
            return at + 1;
    }
    return text.length;
}
function skipString(text, start) {
    for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
        let slashes = 0;
        while (text[end - 1 - slashes] === '\\')
            slashes += 1;
        if (slashes % 2 === 0)
            return end + 1;
    }
    return text.length;
}
