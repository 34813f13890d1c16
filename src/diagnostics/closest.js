/**
 * The candidate that `word` was most likely meant to be, or undefined where none is near: at most a third of the
 * letters may differ. Case alone always counts as near.
 */
export function closest(word, candidates) {
    let best;
    let bestDistance = Math.floor(word.length / 3) + 0.5;
    for (const candidate of candidates) {
        if (candidate.toLowerCase() === word.toLowerCase())
            return candidate;
        if (Math.abs(candidate.length - word.length) >= bestDistance)
            continue;
        const distance = editDistance(word, candidate, bestDistance);
        if (distance < bestDistance) {
            best = candidate;
            bestDistance = distance;
        }
    }
    return best;
}
/** Number of insertions, deletions, replacements and swaps of neighbours; may stop early above `limit`. */
function editDistance(a, b, limit) {
    let before = [];
    let above = Array.from({ length: b.length + 1 }, (_, index) => index);
    for (let i = 1; i <= a.length; i += 1) {
        const row = [i];
        for (let j = 1; j <= b.length; j += 1) {
            const same = a[i - 1] === b[j - 1];
            let cost = Math.min(row[j - 1] + 1, above[j] + 1, above[j - 1] + (same ? 0 : 1));
            const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
            if (swapped)
                cost = Math.min(cost, before[j - 2] + 1);
            row.push(cost);
        }
        if (Math.min(...row) > limit)
            return limit + 1;
        before = above;
        above = row;
    }
    return above[b.length];
}
