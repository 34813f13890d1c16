import type { Extent } from './scan-json.js';

/** Indentation, then any number of `- ` and `? ` indicators that each open a level of their own. */
const LINE_START = /^ *(?:[-?](?: +|$))*/;

/**
 * Nesting and number of values of a YAML text, estimated line by line without parsing it: indentation, sequences that
 * start on one line (`- - -`), and brackets. Prose inside block scalars counts like structure, so the result can be too
 * high by the few levels that prose is indented, and brackets in prose are forgotten at the end of their block. The
 * parsed document is measured exactly afterwards; this scan keeps a bomb away from the parser. Stops early above a cap.
 */
export function scanYaml(text: string, caps: Extent): Extent {
  const columns: number[] = [];
  let flow = 0;
  let flowColumn = 0;
  let deepest = 0;
  let nodes = 0;
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const indent =
      LINE_START.exec(text.slice(start, Math.min(end, start + 8 * caps.depth)))?.[0] ?? '';
    const first = text[start + indent.length];
    if (first !== undefined && first !== '\n' && first !== '\r' && first !== '#') {
      const opening = openColumns(indent);
      if (flow > 0 && opening[0]! <= flowColumn && !/[\[\]{},"']/.test(first)) flow = 0;
      if (flow === 0) {
        while (columns.length > 0 && columns[columns.length - 1]! >= opening[0]!) columns.pop();
        columns.push(...opening);
        flowColumn = opening[0]!;
      }
      const openings = countBrackets(text, start + indent.length, end);
      flow = Math.max(0, flow + openings.net);
      nodes += opening.length + openings.opened;
      deepest = Math.max(deepest, columns.length + Math.max(flow, openings.peak));
      if (deepest > caps.depth || nodes > caps.nodes) break;
    }
    start = end + 1;
  }
  return { depth: deepest, nodes };
}

/** Columns at which the line opens a level: its indentation and each indicator after it. */
function openColumns(indent: string): number[] {
  const columns: number[] = [indent.search(/[^ ]|$/)];
  for (const match of indent.matchAll(/[-?] +/g)) columns.push(match.index + match[0].length);
  return columns;
}

function countBrackets(text: string, start: number, end: number) {
  let net = 0;
  let peak = 0;
  let opened = 0;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x5b || code === 0x7b) {
      net += 1;
      opened += 1;
      if (net > peak) peak = net;
    } else if (code === 0x5d || code === 0x7d) {
      net -= 1;
    }
  }
  return { net, peak, opened };
}
