import { describe, expect, it } from 'vitest';
import { cutDownParts } from '../../src/sources/sql/cut-down-parts.js';

describe('cutDownParts', () => {
  const marks: [tool: string, up: string, down: string][] = [
    ['goose', '-- +goose Up', '-- +goose Down'],
    ['sql-migrate', '-- +migrate Up', '-- +migrate Down notransaction'],
    ['dbmate', '-- migrate:up', '-- migrate:down'],
    ['MyBatis', '-- // first migration', '--//@UNDO'],
    ['node-pg-migrate', '-- Up Migration', '-- Down Migration'],
    ['rambler', '-- rambler up', '-- rambler down'],
    ['Play', '# --- !Ups', '# --- !Downs'],
    ['tern', '-- a new table', '---- create above / drop below ----'],
    ['node-sqlite', '-- Up', '-- Down'],
    ['a plain line', '-- a new table', '-- rollback'],
  ];
  it.each(marks)('knows the marks of %s', (_, up, down) => {
    const kept = cutDownParts(`${up}\nCREATE TABLE a (id int);\n\n${down}\nDROP TABLE a;\n`);
    const first = up.startsWith('#') ? '' : up;
    expect(kept).toBe(`${first}\nCREATE TABLE a (id int);\n\n\n\n`);
  });

  it('goes on after the next mark of a part that makes something', () => {
    const text = '-- +goose Down\nDROP TABLE a;\n-- +goose Up\nCREATE TABLE a (id int);';
    expect(cutDownParts(text)).toBe('\n\n-- +goose Up\nCREATE TABLE a (id int);');
  });

  it('leaves text alone that only speaks of it', () => {
    expect(cutDownParts('-- Down\nCREATE TABLE a (id int);')).toContain('CREATE TABLE a');
    const text = "-- the system is down\n-- rollback of orders is a status\nSELECT 'x\n-- down';";
    expect(cutDownParts(text)).toBe(text);
  });
});
