import { describe, expect, it } from 'vitest';
import { catalog } from '../../src/diagnostics/catalog.js';
import { cli, jsonOf } from './support.js';

const explain = (...words: string[]) => cli('/', ['explain', ...words]);

describe('explain', () => {
  it('gives the title, the explanation and the fix', async () => {
    expect(await explain('mcp517')).toEqual({
      code: 0,
      err: '',
      out:
        'MCP517  error  <path> cannot be used: <why>\n' +
        'The system does not let this user write there: the folder or the file system is read-only, full,\n' +
        'or cannot have such a name. Nothing was written.\n' +
        'fix  choose another folder, or make this one writable\n',
    });
  });

  it.each(Object.keys(catalog))(
    '%s has a title, a paragraph and sentences without holes',
    async (code) => {
      const outcome = await explain(code);
      const [title, ...rest] = outcome.out.trimEnd().split('\n');
      expect(outcome.code).toBe(0);
      expect(title).toMatch(new RegExp(`^${code}  (?:error|warning|info)  \\S`));
      expect(rest.length).toBeGreaterThan(0);
      expect(outcome.out).not.toMatch(/undefined|NaN|\[object/);
      jsonOf('explain', await explain(code, '--json'));
    },
  );

  it('explains changes of the tool surface', async () => {
    const { out } = await explain('tool-removed');
    expect(out.split('\n')[0]).toBe('tool-removed  breaking');
    jsonOf('explain', await explain('tool-removed', '--json'));
  });
});
