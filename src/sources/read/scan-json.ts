/** What a text would cost to parse. */
export type Extent = { depth: number; nodes: number };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Nesting and number of values of a JSON text (RFC 8259), counted without parsing it. Exact for valid JSON. Stops
 * early above either cap. Strings are jumped over, so the cost is that of a search.
 */
export function scanJson(text: string, caps: Extent): Extent {
  let depth = 0;
  let deepest = 0;
  let nodes = 1;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
    } else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      nodes += 1;
      if (depth > deepest) deepest = depth;
      if (depth > caps.depth || nodes > caps.nodes) break;
    } else if (code === 0x7d || code === 0x5d) {
      depth -= 1;
    } else if (code === 0x2c) {
      nodes += 1;
    }
  }
  return { depth: deepest, nodes };
}

/** Index of the quote that ends the string which starts at `start`; the text's end where there is none. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end >= 0) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return end;
    end = text.indexOf('"', end + 1);
  }
  return text.length;
}
