import { describe, expect, it } from 'vitest';
import { leave, leaveAnyhow } from './support.js';

const left = (text: string) => leaveAnyhow('mysql', text);

const TABLE = 'CREATE TABLE `a` (`x` int);\n';

describe('rows of MySQL', () => {
  it('go with the locks around them, comments for servers stay', () => {
    const text = `${TABLE}LOCK TABLES \`a\` WRITE;\n/*!40000 ALTER TABLE \`a\` DISABLE KEYS */;\nINSERT INTO \`a\` VALUES (1,'it\\'s; (x)'),(2,"\\";(");\n/*!40000 ALTER TABLE \`a\` ENABLE KEYS */;\nUNLOCK TABLES;\n`;
    expect(left(text)).toEqual({
      kept: `${TABLE}/*!40000 ALTER TABLE \`a\` DISABLE KEYS */;\n/*!40000 ALTER TABLE \`a\` ENABLE KEYS */;\n`,
      lined: `${TABLE}\n/*!40000 ALTER TABLE \`a\` DISABLE KEYS */;\n\n/*!40000 ALTER TABLE \`a\` ENABLE KEYS */;\n\n`,
      leftOut: { a: 2 },
      unclosed: undefined,
    });
  });

  it.each([
    ['INSERT IGNORE INTO `a` (`x`) VALUES (1) ON DUPLICATE KEY UPDATE x=VALUES(x);', 1],
    ["REPLACE a VALUE (1), (2); # it's a remark", 2],
    ["INSERT INTO a SET x = ';';", 1],
    ['INSERT INTO a VALUES ROW(1, (2)), ROW(3, 4);', 2],
    ["INSERT LOW_PRIORITY a VALUES (_binary 'a\\0\\Z\\\\', 5--3);", 1],
    ["/*!40101 INSERT INTO `a` VALUES ('x') */;", 1],
    ["INSERT INTO a VALUES (1) -- it's\n, /* ' */ (2);", 2],
  ])('of %s are left out', (statement, rows) => {
    const { kept, leftOut } = left(`${TABLE}${statement}\nCREATE TABLE b (y int);\n`);
    expect(kept.replace("# it's a remark", '').replace(' \n', '')).toBe(
      `${TABLE}CREATE TABLE b (y int);\n`,
    );
    expect(leftOut).toEqual({ a: rows });
  });

  it('may have a placeholder in the name of their table', () => {
    expect(
      left("INSERT INTO #__a VALUES (1);\nINSERT INTO {PREFIX}b VALUES ('x');\n"),
    ).toMatchObject({
      kept: '',
      leftOut: { '#__a': 1, '{PREFIX}b': 1 },
    });
  });

  it.each([
    [
      'DELIMITER ;;\nCREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN\nINSERT INTO b VALUES (1);\nINSERT INTO b VALUES (2);\nEND ;;\nDELIMITER ;\n',
    ],
    [
      'DELIMITER //\nCREATE PROCEDURE p() BEGIN /* ; */ INSERT INTO b VALUES (1); END//\nDELIMITER ;\n',
    ],
    [
      'CREATE DEFINER=`x`@`%` PROCEDURE p()\nBEGIN\n  IF 1 THEN\n    INSERT INTO a VALUES (1);\n  END IF;\n  INSERT INTO a VALUES (CASE WHEN 1 THEN 2 END);\nEND;\n',
    ],
    [
      'DELIMITER ;;\n/*!50003 CREATE*/ /*!50017 DEFINER=`x`@`%`*/ /*!50003 TRIGGER `t` AFTER INSERT ON `a` FOR EACH ROW BEGIN\nINSERT INTO b VALUES (1);\nEND */;;\nDELIMITER ;\n',
    ],
    ['INSERT INTO a SELECT * FROM b;\n'],
    ['/*!999999\\- enable the sandbox mode */ \nSET NAMES utf8mb4;\n'],
    ["CREATE TABLE a (x varchar(9) COMMENT 'it\\'s; INSERT INTO a VALUES (1);');\n"],
  ])('are not what shapes a schema: %s', (text) => {
    const whole = left(text);
    expect([whole.kept, whole.leftOut]).toEqual([text, {}]);
  });

  it('go under another delimiter too', () => {
    expect(
      left(
        'DELIMITER $$\nINSERT INTO a VALUES (1)$$\nDROP TABLE b; INSERT INTO a VALUES (2)$$\nDELIMITER ;\n',
      ).kept,
    ).toBe('DELIMITER $$\nDROP TABLE b; \nDELIMITER ;\n');
  });

  it('have no backslashes where the script says so', () => {
    const text =
      "SET sql_mode = 'NO_BACKSLASH_ESCAPES';\nINSERT INTO a VALUES ('C:\\');\nCREATE TABLE b (y int);\n";
    expect(left(text).kept).toBe(
      "SET sql_mode = 'NO_BACKSLASH_ESCAPES';\nCREATE TABLE b (y int);\n",
    );
  });

  it('are passed over in rows of many bytes, multi-byte names and all', () => {
    const rows = Array.from({ length: 3000 }, (_, id) => `(${id},'Zoë ${'\\\\'.repeat(id % 3)}')`);
    const text = `${TABLE}INSERT INTO \`Straße\` VALUES ${rows.join(',')};\n${TABLE}`;
    for (const size of [100, 4096, 5000])
      expect(leave('mysql', text, size)).toMatchObject({
        kept: TABLE + TABLE,
        leftOut: { Straße: 3000 },
      });
  });
});
