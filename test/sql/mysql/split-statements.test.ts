import { describe, expect, it } from 'vitest';
import { splitStatements } from '../../../src/sources/sql/mysql/split-statements.js';

const split = (text: string): string[] =>
  [...splitStatements(text)].map(({ start, end }) => text.slice(start, end));

describe('statements end', () => {
  it('at semicolons outside quotes and comments', () => {
    expect(split("A 'x;''y\\';' \"b;\" `c;``d`; B -- no; \n + # no;\n /* no; */ C;;\n")).toEqual([
      "A 'x;''y\\';' \"b;\" `c;``d`",
      'B -- no; \n + # no;\n /* no; */ C',
    ]);
  });

  it('where DELIMITER says, until it says otherwise', () => {
    const text = 'delimiter //\nCREATE PROCEDURE p() BEGIN a; b; END//\nDELIMITER ;\nC;D';
    expect(split(text)).toEqual(['CREATE PROCEDURE p() BEGIN a; b; END', 'C', 'D']);
  });

  it('at semicolons too under another delimiter, but in bodies', () => {
    const text =
      'DELIMITER //\nDROP TRIGGER a;\nCREATE TRIGGER a BEGIN\n x;\n y;\nEND;\n//\nCREATE TABLE b (c int); CREATE TABLE d (e int)//\n';
    expect(split(text)).toEqual([
      'DROP TRIGGER a',
      'CREATE TRIGGER a BEGIN\n x;\n y;\nEND;\n',
      'CREATE TABLE b (c int)',
      'CREATE TABLE d (e int)',
    ]);
  });

  it('behind the last END of a routine that forgot its DELIMITER', () => {
    const body =
      'CREATE TRIGGER t BEFORE INSERT ON x FOR EACH ROW BEGIN IF a THEN b; END IF; CASE c WHEN 1 THEN d; END CASE; ' +
      'SET e = CASE WHEN f THEN 1 END; END';
    expect(split(`${body}; CREATE TABLE x (a int);`)).toEqual([body, 'CREATE TABLE x (a int)']);
  });

  it('with their line for commands of the client', () => {
    expect(split('source other.sql\n\\. more.sql\nUSE shop\nA;')).toEqual([
      'source other.sql',
      '\\. more.sql',
      'USE shop',
      'A',
    ]);
  });

  it('inside comments that servers execute, and not for commands hidden behind a far version', () => {
    expect(split('/*!40101 SET a */;\n/*M!999999\\- sandbox */\n/*M!100201 B */;')).toEqual([
      '/*!40101 SET a */',
      '/*M!100201 B */',
    ]);
  });

  it('at the end of the text, also of a quote or a comment that is never closed', () => {
    expect(split("A; B 'x")).toEqual(['A', "B 'x"]);
    expect(split('A; /* x')).toEqual(['A']);
    expect(split("A 'x;\nB;\nC `y")).toEqual(["A 'x", 'B', 'C `y']);
    expect(split('')).toEqual([]);
  });
});

describe('dashes', () => {
  it('begin a comment before white space and first on a line, and are minus signs elsewhere', () => {
    expect(split('--no;\nA 5--3;\nB --no\n;')).toEqual(['A 5--3', 'B --no\n']);
  });
});
