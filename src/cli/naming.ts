import { basename } from 'node:path';

/** Words of file names and titles that say nothing about the API. */
const NOISE =
  /^(?:open|openapi|swagger|apis?|rest|restful|the|specs?|specification|schema|definition|documentation|docs?|reference|public|https?|index|main|root|latest|v?\d+)$/;

/**
 * Key of a source in mcp.yaml: lower case letters, digits and hyphens, at most 40. Taken from the file's name, or from the
 * document's title where that says nothing, e.g. `petstore` for `swagger.json` of "Swagger Petstore - OpenAPI 3.0".
 */
export function sourceId(source: string, text: string): string {
  const fromFile = slug(fileStem(source));
  if (tellingWords(fromFile).length > 0) return asId(fromFile) || 'api';
  const words = tellingWords(slug(titleOf(text))).slice(0, 4);
  return asId(words.join('-')) || 'api';
}

/** npm package name from the name of a folder. */
export function packageName(dir: string): string {
  return slug(basename(dir)).slice(0, 100) || 'mcp-server';
}

/** `info.title`, found without parsing: good enough for a suggestion, free for 20 MB. */
export function titleOf(text: string): string {
  const json = /"info"\s*:\s*\{[^{}]*?"title"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(text)?.[1];
  if (json !== undefined) return json;
  const block = /^info:[^\n]*\n((?:[ \t]+[^\n]*\n|\s*\n)*)/m.exec(text)?.[1] ?? '';
  const yaml = /^[ \t]+title:[ \t]*(.+)$/m.exec(block)?.[1] ?? '';
  return yaml.trim().replace(/^(['"])(.*)\1$/, '$2');
}

function tellingWords(slugged: string): string[] {
  return slugged.split('-').filter((word) => word !== '' && !NOISE.test(word));
}

function fileStem(source: string): string {
  if (source === '-') return '';
  const path = source.replace(/[?#].*$/s, '').replace(/\/+$/, '');
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.replace(/(?:\.(?:json|ya?ml|sql|ddl|sqlite3?|db|gz|openapi|swagger))+$/i, '');
}

function slug(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
}

function asId(text: string): string {
  const id = text.replace(/^[^a-z]+/, '').slice(0, 40);
  return id.replace(/-+$/, '');
}
