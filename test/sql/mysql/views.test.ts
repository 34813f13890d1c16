import { describe, expect, it } from 'vitest';
import { readMysql } from '../../../src/sources/sql/mysql/read-mysql.js';
import { columnLines, lossLines, tableOf } from '../support/read-model.js';

const TABLES = `
  CREATE TABLE person (id int primary key, name varchar(20) not null comment 'Full name', boss int);
  CREATE TABLE pet (id int primary key, owner int not null, name varchar(9));`;
const view = (text: string) =>
  columnLines(readMysql([{ path: 'a.sql', text: TABLES + text }]), 'v');

describe('columns of views', () => {
  it('are those that they show, expressions are other and may be NULL', () => {
    expect(
      view(`CREATE ALGORITHM=MERGE DEFINER=\`a\`@\`b\` SQL SECURITY INVOKER VIEW v AS
        SELECT p.id, p.name AS full_name, (boss), \`pet\`.\`name\` \`pet name\`, count(*) total, 1 + 1, id IS NULL, upper(p.name) 'loud',
          case when 1 then 2 end kind FROM person AS p, pet WHERE p.id = pet.owner GROUP BY p.id`),
    ).toEqual([
      'id integer int',
      'full_name text varchar(20)',
      'boss integer int?',
      'pet name text varchar(9)?',
      'total other expression?',
      '1 + 1 other expression?',
      'id IS NULL other expression?',
      'loud other expression?',
      'kind other expression?',
    ]);
  });

  it('show a column once, in however many ways views over views lead to it', () => {
    const views = Array.from({ length: 40 }, (_, at) => {
      const select = `SELECT name FROM ${at === 0 ? 'person' : `v${at}`}`;
      return `CREATE VIEW v${at + 1} AS ${Array(3).fill(select).join(' UNION ')};`;
    });
    const { model } = readMysql([{ path: 'a.sql', text: TABLES + views.join('') }]);
    expect(model.tables.find(({ name }) => name === 'v40')?.columns[0]?.shows).toEqual([
      { table: 'person', column: 'name' },
    ]);
  });

  it('may be missing on one side of an outer join', () => {
    expect(
      view(
        'CREATE VIEW v AS SELECT p.id, q.id qid FROM person p LEFT JOIN pet q ON q.owner = p.id',
      ),
    ).toEqual(['id integer int', 'qid integer int?']);
    expect(
      view(
        'CREATE VIEW v AS SELECT p.id, q.id qid FROM (person p RIGHT OUTER JOIN pet q ON q.owner = p.id)',
      ),
    ).toEqual(['id integer int?', 'qid integer int']);
  });

  it('are those of the moment for a star, each shared one once', () => {
    expect(view('CREATE VIEW v AS SELECT * FROM pet; ALTER TABLE pet ADD late int;')).toEqual([
      ...['id integer int', 'owner integer int', 'name text varchar(9)?'],
    ]);
    expect(
      view(
        'CREATE VIEW v AS SELECT * FROM person JOIN (SELECT name, owner FROM pet) q USING (name)',
      ),
    ).toEqual([
      ...['name text varchar(20)', 'id integer int', 'boss integer int?'],
      'owner integer int',
    ]);
    expect(
      view('CREATE VIEW v AS SELECT b.*, a.id AS i FROM pet a NATURAL JOIN person b'),
    ).toHaveLength(4);
  });

  it('come from queries in queries, common tables, unions and other views', () => {
    expect(
      view(`CREATE VIEW v (one, two) AS WITH q (k) AS (SELECT id FROM person) SELECT k, d.n FROM q JOIN
        (SELECT name AS n FROM pet) d ON true`),
    ).toEqual(['one integer int', 'two text varchar(9)?']);
    expect(
      view('CREATE VIEW v AS (SELECT id, name FROM person) UNION ALL SELECT owner, name FROM pet'),
    ).toEqual(['id integer int', 'name other expression?']);
    expect(
      view(
        'CREATE VIEW w AS SELECT id AS x FROM person; CREATE VIEW v AS SELECT w.x + 1 y, w.* FROM w',
      ),
    ).toEqual(['y other expression?', 'x integer int']);
  });

  it('are found in dumps, where a stand-in comes first', () => {
    expect(
      view(`/*!50001 CREATE VIEW \`v\` AS SELECT 1 AS \`id\`, 1 AS \`late\` */;
        CREATE TABLE after_it (late date);
        /*!50001 DROP VIEW IF EXISTS \`v\`*/;
        /*!50001 CREATE ALGORITHM=UNDEFINED */ /*!50013 DEFINER=\`r\`@\`h\` SQL SECURITY DEFINER */
        /*!50001 VIEW \`v\` AS select \`p\`.\`id\` AS \`id\`,\`l\`.\`late\` AS \`late\` from (\`person\` \`p\` join \`after_it\` \`l\`) */;`),
    ).toEqual(['id integer int', 'late date date?']);
    expect(
      view(
        'CREATE TABLE IF NOT EXISTS v (id int); DROP TABLE IF EXISTS v; CREATE OR REPLACE VIEW v AS SELECT name FROM person;',
      ),
    ).toEqual(['name text varchar(20)']);
  });

  it('keep the comment of what they show', () => {
    const reading = readMysql([
      { path: 'a.sql', text: `${TABLES} CREATE VIEW v AS SELECT name FROM person` },
    ]);
    expect(tableOf(reading, 'v').columns[0]).toMatchObject({ comment: 'Full name' });
    expect(tableOf(reading, 'v').kind).toBe('view');
  });

  it('make the view unusable where a star stands for what is not there', () => {
    const reading = readMysql([
      {
        path: 'a.sql',
        text: 'CREATE VIEW v AS SELECT n.* FROM nothing n;\nCREATE VIEW w AS SELECT a FROM nothing;',
      },
    ]);
    expect(lossLines(reading)).toEqual([
      '1:1 CREATE VIEW v: its * needs the columns of n, which are not known',
    ]);
    expect(columnLines(reading, 'w')).toEqual(['a other expression?']);
  });

  it('have different names', () => {
    const reading = readMysql([
      {
        path: 'a.sql',
        text: `${TABLES}\nCREATE VIEW v AS SELECT a.*, b.* FROM person a, person b;`,
      },
    ]);
    expect(lossLines(reading)).toEqual(['4:1 CREATE VIEW v: it has two columns id']);
  });

  it('of views over each other end', () => {
    let text = TABLES;
    for (let level = 0; level < 40; level += 1) {
      const below = level === 0 ? 'person' : `v${level - 1}`;
      text += `CREATE VIEW v${level} AS SELECT a.id, b.name FROM ${below} a, ${below} b;`;
    }
    const reading = readMysql([{ path: 'a.sql', text }]);
    expect(columnLines(reading, 'v39')).toEqual(['id integer int', 'name text varchar(20)']);
  });
});
