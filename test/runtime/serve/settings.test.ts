import { afterEach, describe, expect, test } from 'vitest';
import { closest } from '../../../templates/src/runtime/arguments/closest.js';
import { createCatalogue } from '../../../templates/src/runtime/catalogue.js';
import { readCommand, usage } from '../../../templates/src/runtime/start/command-line.js';
import { createRedactor } from '../../../templates/src/runtime/http/redact.js';
import { configureLog, log, setRedactor } from '../../../templates/src/runtime/log.js';
import { describeProblems } from '../../../templates/src/runtime/calls/readiness.js';
import { readInteger, readList } from '../../../templates/src/runtime/settings/settings.js';
import type { HttpTool } from '../../../templates/src/runtime/http/http-tool.js';
import { SERVER, TOOLS } from './support.js';

describe('settings', () => {
  const range = { fallback: 5, min: 1, max: 100 };
  test.each([
    [undefined, 5],
    ['', 5],
    [' 7 ', 7],
    ['100', 100],
  ])('%o → %d', (value, want) => {
    expect(readInteger({ LIMIT: value }, 'LIMIT', range)).toBe(want);
  });

  test.each(['0', '101', '-1', '1.5', '1e2', '0x10', 'many'])('%s is refused', (value) => {
    expect(() => readInteger({ LIMIT: value }, 'LIMIT', range)).toThrow(
      `LIMIT must be a whole number from 1 to 100, not "${value}"`,
    );
  });

  test('lists', () => {
    expect(readList({ NAMES: ' a, b  c,,' }, 'NAMES')).toEqual(['a', 'b', 'c']);
    expect(readList({}, 'NAMES')).toEqual([]);
  });
});

describe('command line', () => {
  const both = { transports: ['stdio', 'http'] as ('stdio' | 'http')[] };
  const onlyHttp = { transports: ['http'] as 'http'[] };
  const local = { kind: 'http', host: '127.0.0.1', port: 3000 };
  const table: [string[], Record<string, string>, { transports: ('stdio' | 'http')[] }, unknown][] =
    [
      [[], {}, both, { kind: 'stdio' }],
      [[], {}, onlyHttp, local],
      [['--http'], {}, both, local],
      [[], { MCP_TRANSPORT: 'HTTP' }, both, local],
      [['--stdio'], { MCP_TRANSPORT: 'http' }, both, { kind: 'stdio' }],
      [[], { HOST: '0.0.0.0', PORT: '80' }, onlyHttp, { kind: 'http', host: '0.0.0.0', port: 80 }],
      [
        ['--http', '--host', '::1', '--port=0'],
        { HOST: 'x', PORT: '80' },
        both,
        { kind: 'http', host: '::1', port: 0 },
      ],
      [['-h'], {}, both, { kind: 'help' }],
      [['--version'], {}, both, { kind: 'version' }],
    ];
  test.each(table)('%j %j %j', (argv, env, server, want) => {
    expect(readCommand(argv, env, server)).toEqual(want);
  });

  const refused: [string[], Record<string, string>, string][] = [
    [['--stdio', '--http'], {}, '--stdio and --http exclude each other'],
    [['--stdio'], {}, 'this server is not made for stdio, only for http'],
    [['--port', '70000'], {}, '--port must be a whole number from 0 to 65535, not "70000"'],
    [[], { PORT: 'x' }, 'PORT must be a whole number from 0 to 65535, not "x"'],
    [[], { MCP_TRANSPORT: 'sse' }, 'MCP_TRANSPORT must be one of stdio, http, not "sse"'],
    [['--prot', '1'], {}, "Unknown option '--prot'"],
    [['serve'], {}, "Unexpected argument 'serve'"],
  ];
  test.each(refused)('%j %j is refused', (argv, env, message) => {
    expect(() => readCommand(argv, env, onlyHttp)).toThrow(message);
  });

  test('help names only what the server has', () => {
    expect(usage(SERVER)).toContain('--port <number>');
    expect(usage({ ...SERVER, transports: ['stdio'] })).not.toContain('--port');
  });
});

describe('log', () => {
  const lines: string[] = [];
  afterEach(() => {
    lines.length = 0;
    setRedactor((text) => text);
  });

  test.each(['text', 'json'])('S10 secrets are gone from %s lines', (format) => {
    setRedactor(createRedactor(['abcd', 'key "1" \\']).redact);
    configureLog({ LOG_FORMAT: format }, (line) => lines.push(line));
    log.warn('got abcd', { value: 'key "1" \\' });
    expect(lines[0]).toContain('got ***');
    expect(lines[0]).toMatch(/value"?[=:]"\*\*\*"/);
  });

  test('text from outside cannot start a line', () => {
    configureLog({}, (line) => lines.push(line));
    log.info('a\nb\u2028c', { field: 'd\ne' });
    expect(lines[0]).toMatch(/ INFO {2}a\\u000ab\\u2028c field="d\\ne"\n$/);
  });

  test('levels', () => {
    configureLog({ LOG_LEVEL: 'warn' }, (line) => lines.push(line));
    log.info('no');
    log.error('yes', { gone: undefined });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/ ERROR yes\n$/);
    expect(() => configureLog({ LOG_LEVEL: 'loud' })).toThrow(
      'LOG_LEVEL must be one of debug, info, warn, error, not "loud"',
    );
  });
});

describe('readiness', () => {
  const named = (name: string): HttpTool => ({ ...(TOOLS[0] as HttpTool), name });

  test('each reason once, with what it disables', () => {
    const tools = ['a', 'b', 'c'].map(named);
    expect(describeProblems(tools, ({ name }) => (name === 'c' ? [] : ['set TOKEN']))).toEqual([
      'set TOKEN (disables a, b)',
    ]);
    expect(describeProblems(tools, () => ['set TOKEN'])).toEqual([
      'set TOKEN (disables all tools)',
    ]);
    expect(
      describeProblems([...'abcdefgh'].map(named), ({ name }) => (name === 'h' ? [] : ['x'])),
    ).toEqual(['x (disables a, b, c, d, e and 2 more)']);
  });
});

test('two tools of one name are a mistake', () => {
  expect(() => createCatalogue([...TOOLS, ...TOOLS])).toThrow('two tools are named get_pet');
});

test.each([
  ['pet_id', ['petId', 'name'], 'petId'],
  ['stauts', ['status', 'state'], 'status'],
  ['lsit', ['list', 'get'], 'list'],
  ['x', ['y'], undefined],
  ['completely', ['different'], undefined],
])('%s is near %j: %s', (name, candidates, want) => {
  expect(closest(name, candidates)).toBe(want);
});
