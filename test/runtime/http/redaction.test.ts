import { beforeEach, describe, expect, test } from 'vitest';
import { createRedactor } from '../../../templates/src/runtime/http/redact.js';
import { caller, quietLog, send, sendJson, startUpstream, textOf } from './support.js';

beforeEach(() => {
  quietLog();
});

const SECRET = 'p/ä "s3cret"';

/** Every character as an escape. */
const escaped = (text: string, write: (code: number) => string) =>
  Array.from({ length: text.length }, (_, at) => write(text.charCodeAt(at))).join('');
const hex = (code: number, length: number) => code.toString(16).padStart(length, '0');
const unicode = (text: string) => escaped(text, (code) => `\\u${hex(code, 4)}`);
const inJson = (text: string) => JSON.stringify(text).slice(1, -1);

describe('S10 spellings of a secret', () => {
  const { redact } = createRedactor([SECRET, 'tail-of-it', 'nabc']);
  test.each<[string, string]>([
    ['plain', SECRET],
    ['JSON', inJson(SECRET)],
    ['JSON with escaped slashes', inJson(SECRET).replaceAll('/', '\\/')],
    ['JSON as escapes only', unicode(SECRET)],
    ['JSON as escapes in capitals', unicode(SECRET).toUpperCase().replaceAll('\\U', '\\u')],
    ['JSON with one escape', inJson(SECRET).replace('3', '\\u0033')],
    ['JSON in JSON', inJson(inJson(SECRET))],
    ['JSON in JSON in JSON, as escapes', inJson(inJson(unicode(SECRET)))],
    ['JavaScript', SECRET.replace('s', '\\x73').replaceAll('"', "\\'").replaceAll("\\'", '\\"')],
    ['URL', encodeURIComponent(SECRET)],
    ['URL in small letters', encodeURIComponent(SECRET).toLowerCase()],
    ['form', encodeURIComponent(SECRET).replaceAll('%20', '+')],
    ['URL with needless escapes', '%70/%C3%A4%20%22%733cret%22'],
    ['URL in a URL', encodeURIComponent(encodeURIComponent(SECRET))],
    ['HTML', 'p/ä &quot;s3cret&quot;'],
    ['HTML with numbers', 'p&#47;&#xE4; &#34;s3cret&#x22;'],
    ['base64', Buffer.from(SECRET).toString('base64')],
    ['base64 in JSON', inJson(Buffer.from(SECRET).toString('base64')).replaceAll('/', '\\/')],
    ['base64 for URLs', Buffer.from(SECRET).toString('base64url')],
    ['with characters that nobody sees', 'p/\u200bä "s\u{e0041}3cr\u00adet"'],
    ['with such characters as escapes', 'p/ä \\"s3\\u200bcret\\"'],
  ])('%s', (_, form) => {
    expect(redact(form)).toBe('***');
    expect(redact(`<a>${form}</a>`)).toBe('<a>***</a>');
  });

  test('what is around it stays as it was written', () => {
    expect(redact(`{"a":"x\\n\\u0041 ${unicode('tail-of-it')}\\t%20","b":1}`)).toBe(
      '{"a":"x\\n\\u0041 ***\\t%20","b":1}',
    );
    expect(redact('%41%74%61%69%6c-of-it%42')).toBe('***%42');
    expect(redact('no secret \\u0041 %41 &amp; \u200b')).toBe('no secret \\u0041 %41 &amp; \u200b');
  });

  test('half of an escape is not left', () => {
    expect(redact('{"path":"c:\\nabc"}')).toBe('{"path":"c:***"}');
  });

  test('two that touch, and one inside the other', () => {
    expect(createRedactor(['abcd', 'abcdef']).redact('abcdef abcd ef abcdabcd')).toBe(
      '*** *** ef ***',
    );
  });

  test('too short to be one', () => {
    expect(createRedactor(['the']).redact('the')).toBe('the');
  });

  test('a long token is no trouble', () => {
    const redactor = createRedactor();
    redactor.add('t/'.repeat(8_000), 'slot');
    expect(redactor.redact(`a ${'t\\/'.repeat(8_000)} b`)).toBe('a *** b');
  });
});

describe('S10 an answer that repeats a secret', () => {
  const call = async (body: string, type = 'application/json', status = 200) => {
    const upstream = await startUpstream((_, response) => send(response, body, type, status));
    return caller(upstream.url, {
      operation: { security: [{ key: [] }] },
      schemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key', env: 'KEY' } },
      env: { KEY: '12345678' },
      outputSchema: { type: 'object' },
      limits: { timeoutMs: 3_000 },
    }).call();
  };

  test('as escapes: neither the text nor the structured content has it', async () => {
    const result = await call(`{"a":"${unicode('12345678')}","${unicode('12345678')}":[true]}`);
    expect(textOf(result)).toBe('{"a":"***","***":[true]}');
    expect(result.structuredContent).toEqual({ a: '***', '***': [true] });
  });

  test('as a number', async () => {
    const result = await call('{"a":12345678,"b":1234567812345678,"c":5}');
    expect(JSON.stringify(result)).not.toContain('12345678');
    expect(result.structuredContent).toEqual({ a: '***', b: '***', c: 5 });
    // Without long numbers, another parser reads it.
    const short = await call('{"a":12345678,"b":[-12345678,1.5],"c":5}');
    expect(short.structuredContent).toEqual({ a: '***', b: ['-***', 1.5], c: 5 });
  });

  test('in an error and on a page for people', async () => {
    expect(textOf(await call(`{"e":"${unicode('12345678')}"}`, undefined, 400))).toContain(
      '\n{"e":"***"}\n',
    );
    const page = '<html><body>1234&#53;678 1234\u200b5678</body></html>';
    expect(textOf(await call(page, 'text/html'))).toContain('not data: *** ***\n');
  });

  test('a hostile one does not take long', async () => {
    const upstream = await startUpstream((_, response) =>
      sendJson(response, JSON.stringify('\\u005c'.repeat(100_000))),
    );
    expect(textOf(await caller(upstream.url).call())).toContain('[Cut:');
  });
});
