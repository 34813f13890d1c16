/** `-- +goose Down`, `-- +migrate Down`, `-- migrate:down`, `-- @DOWN`, and the same with Up. */
const MARKER =
  /^[ \t]*(?:--|#|\/\*)[ \t]*(?:\+\s*(?:goose|migrate)\s+|migrate:|@)(up|down)\b.*$/gim;

/**
 * A migration without the sections that undo it, as the tools that keep both in one file mark them. Blanks take their place,
 * so that lines and columns stay.
 */
export function withoutDown(text: string): string {
  const markers = [...text.matchAll(MARKER)];
  if (!markers.some((marker) => marker[1]!.toLowerCase() === 'down')) return text;
  let kept = '';
  let at = 0;
  markers.forEach((marker, index) => {
    if (marker[1]!.toLowerCase() !== 'down') return;
    const end = markers[index + 1]?.index ?? text.length;
    kept += text.slice(at, marker.index) + text.slice(marker.index, end).replace(/[^\r\n]/g, ' ');
    at = end;
  });
  return kept + text.slice(at);
}
