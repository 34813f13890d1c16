import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TEMPLATES } from '../../src/project/templates.js';

const read = (path: string) => readFileSync(new URL(path, TEMPLATES), 'utf8');

/** Variables that a source file reads by a fixed name, with their defaults. */
function readIn(source: string): [string, string][] {
  const calls = source.matchAll(
    /\bread(?:Integer|Choice|List)?\(\s*(?:env,\s*)?'([A-Z_]+)'(?:,\s*([^)]*))?\)/g,
  );
  const members = source.matchAll(/\benv\['([A-Z_]+)'\](?:\?\.trim\(\) \|\| '([^']*)')?/g);
  return [
    ...[...calls].map(([, name, rest]): [string, string] => [
      name!,
      defaultOf(rest?.trim() ?? '', source),
    ]),
    ...[...members].map(([, name, fallback]): [string, string] => [name!, fallback ?? '']),
  ];
}

/** Of `30_000, 1, 600_000`, of `LEVELS, 'info'`, or of `PORT`, a range that is declared in the file. */
function defaultOf(rest: string, source: string): string {
  const declared = new RegExp(`const ${rest || '-'} = \\{ fallback: ([\\d_]+)`).exec(source)?.[1];
  const given = declared ?? /^[\d_]+/.exec(rest)?.[0] ?? /'(\w*)'$/.exec(rest)?.[1] ?? '';
  return given.replaceAll('_', '');
}

function inRuntime(): Record<string, string> {
  const files = readdirSync(new URL('src/runtime/', TEMPLATES), {
    recursive: true,
    encoding: 'utf8',
  });
  const sources = files.filter((file) => file.endsWith('.ts'));
  return Object.fromEntries(sources.flatMap((file) => readIn(read(`src/runtime/${file}`))));
}

function inTable(): Record<string, string> {
  const rows = read('SETTINGS.md.hbs').matchAll(/^\| `([A-Z_]+)` \| (?:`([^`]*)` )?\| \S.* \|$/gm);
  return Object.fromEntries([...rows].map(([, name, fallback]) => [name, fallback ?? '']));
}

describe('SETTINGS.md', () => {
  it('the scan finds every way in which variables are read', () => {
    const source = `const LIMIT = { fallback: 1_000, min: 1, max: 9_999 };
      readInteger(env, 'A_A', LIMIT); read('B_B', 30_000, 1, 2); readChoice(env, 'C_C', X, 'text');
      readChoice(env, 'D_D', X, undefined); readList(env, 'E_E'); env['F_F']?.trim() || 'here';`;
    expect(Object.fromEntries(readIn(source))).toEqual({
      A_A: '1000',
      B_B: '30000',
      C_C: 'text',
      D_D: '',
      E_E: '',
      F_F: 'here',
    });
  });

  it('names what the runtime reads, with its defaults', () => {
    expect(Object.keys(inTable())).toHaveLength(38);
    expect(inTable()).toEqual(inRuntime());
  });
});
