/** The URI of a file of a source: every name percent-encoded. */
export function fileUri(source: string, path: string): string {
  return `${uriBase(source)}${path.split('/').map(encodeURIComponent).join('/')}`;
}

/** The path in a URI of a source, decoded once; undefined where it is none. */
export function pathOfUri(source: string, uri: string): string | undefined {
  const base = uriBase(source);
  if (!uri.startsWith(base)) return undefined;
  try {
    return decodeURIComponent(uri.slice(base.length));
  } catch {
    return undefined;
  }
}

export function uriBase(source: string): string {
  return `files://${encodeURIComponent(source)}/`;
}
