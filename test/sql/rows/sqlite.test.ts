import { describe, expect, it } from 'vitest';
import { leaveAnyhow } from './support.js';

const left = (text: string) => leaveAnyhow('sqlite', text);

describe('rows of SQLite', () => {
  it('of .dump are left out, and those of its own tables', () => {
    const text =
      "PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE a (x);\nINSERT INTO a VALUES('a\\');\nINSERT INTO a VALUES('line\n;');\nDELETE FROM sqlite_sequence;\nINSERT INTO sqlite_sequence VALUES('a',2);\nCOMMIT;\n";
    expect(left(text)).toEqual({
      kept: 'PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE a (x);\nDELETE FROM sqlite_sequence;\nCOMMIT;\n',
      lined:
        'PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE a (x);\n\n\n\nDELETE FROM sqlite_sequence;\n\nCOMMIT;\n',
      leftOut: { a: 2, sqlite_sequence: 1 },
      unclosed: undefined,
    });
  });

  it('are not the virtual tables that .dump writes as rows of the catalogue', () => {
    const text =
      "INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','f','f',0,'CREATE VIRTUAL TABLE f USING fts5(x)');\n";
    expect(left(text).kept).toBe(text);
  });

  it.each([
    [
      'CREATE TRIGGER t AFTER INSERT ON a BEGIN\n  INSERT INTO b VALUES (1);\n  INSERT INTO b VALUES (CASE WHEN 1 THEN 2 END);\nEND;\n',
    ],
    ['CREATE TEMP TRIGGER t AFTER INSERT ON a BEGIN INSERT INTO b VALUES (1); /* x */ END ;\n'],
    ['CREATE TABLE [a;b] ("insert" TEXT DEFAULT \'INSERT INTO a VALUES (1);\');\n'],
    ['.mode list\nSELECT 1;\n'],
  ])('are not what shapes a schema: %s', (text) => {
    expect(left(text)).toMatchObject({ kept: text, leftOut: {} });
  });

  it.each([
    ['INSERT OR REPLACE INTO [my table] VALUES (1), (2);', { 'my table': 2 }],
    ['INSERT INTO values VALUES (1);', { values: 1 }],
    ['REPLACE INTO main."a" (x) VALUES (x\'00\');', { 'main.a': 1 }],
  ])('of %s are left out', (statement, leftOut) => {
    expect(left(`${statement}\n`)).toMatchObject({ kept: '', leftOut });
  });

  it('share a line with other statements', () => {
    expect(left('CREATE TABLE a (x); INSERT INTO a VALUES (1); CREATE TABLE b (y);\n').kept).toBe(
      'CREATE TABLE a (x);  CREATE TABLE b (y);\n',
    );
  });
});
