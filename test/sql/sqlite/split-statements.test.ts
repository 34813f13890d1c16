import { describe, expect, it } from 'vitest';
import { splitStatements } from '../../../src/sources/sql/sqlite/split-statements.js';

const split = (text: string): string[] =>
  [...splitStatements(text)].map(({ start, end }) => text.slice(start, end));

describe('statements of SQLite end', () => {
  it('at semicolons outside quotes and comments; backslashes mean nothing', () => {
    expect(split('A \'x;\\\'; B "b;""" `c;` [d;] -- no;\n/* no; */;C')).toEqual([
      "A 'x;\\'",
      'B "b;""" `c;` [d;] -- no;\n/* no; */',
      'C',
    ]);
  });

  it('behind the END of a trigger', () => {
    const trigger =
      'CREATE TEMP TRIGGER t AFTER INSERT ON a BEGIN SELECT CASE WHEN 1 THEN 2 END; UPDATE a SET x = 1; /* last */ end';
    expect(split(`${trigger};\nCREATE TABLE end (x);`)).toEqual([trigger, 'CREATE TABLE end (x)']);
  });

  it('with their line for commands of the shell', () => {
    expect(split('.mode csv\n.read other.sql\nA;')).toEqual(['.mode csv', '.read other.sql', 'A']);
  });

  it('at the end of the text', () => {
    expect(split("A 'x")).toEqual(["A 'x"]);
    expect(split("A 'x;\nB;\nC [y")).toEqual(["A 'x", 'B', 'C [y']);
    expect(split('\ufeff-- nothing\n')).toEqual([]);
  });
});
