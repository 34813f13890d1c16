/**
 * The line (from 1) on which git left the first mark of a merge that nobody finished; undefined where there is none. A lone
 * `=======` is an underline in Markdown, so only the outer marks count.
 */
export function mergeMarkerLine(text: string): number | undefined {
  const at = /^(?:<{7}|>{7}) \S/m.exec(text)?.index;
  return at === undefined ? undefined : text.slice(0, at).split('\n').length;
}
