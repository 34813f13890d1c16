const TYPES: Record<string, string> = {
  csv: 'text/csv',
  css: 'text/css',
  gif: 'image/gif',
  html: 'text/html',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  json: 'application/json',
  md: 'text/markdown',
  mp3: 'audio/mpeg',
  pdf: 'application/pdf',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain',
  wav: 'audio/wav',
  webp: 'image/webp',
  xml: 'application/xml',
  yaml: 'application/yaml',
  yml: 'application/yaml',
};

/** Of a file, by the end of its name. */
export function mimeTypeOf(path: string): string {
  const end = path.split('.').pop()?.toLowerCase() ?? '';
  return Object.hasOwn(TYPES, end) ? TYPES[end]! : 'application/octet-stream';
}
