import { describe, expect, it } from 'vitest';
import { SqlFailure } from '../../../templates/src/runtime/sql/driver.js';
import { readAddress as readMysql } from '../../../templates/src/runtime/sql/drivers/mysql/address.js';
import { readAddress as readSqlite } from '../../../templates/src/runtime/sql/drivers/sqlite/address.js';
import { driverOf } from './support.js';

describe('the driver of an address', () => {
  it('is chosen by the scheme, without connecting', async () => {
    const dialects = [
      ['postgres://u:p@nowhere.example/x', 'postgres'],
      ['PostgreSQL://u:p@nowhere.example/x', 'postgres'],
      ['pglite://memory', 'postgres'],
      ['mysql://u:p@nowhere.example/x', 'mysql'],
      ['mariadb://u:p@nowhere.example/x', 'mysql'],
      ['sqlite:./missing.sqlite', 'sqlite'],
      ['file:./missing.sqlite', 'sqlite'],
    ];
    for (const [address = '', dialect] of dialects) {
      const driver = driverOf(address);
      expect(driver.dialect).toBe(dialect);
      await driver.close();
    }
  });

  it('refuses other schemes without a word of the address, and settings that are none', () => {
    for (const address of [
      'oracle://u:secret@h/x',
      'secret',
      '',
      '__proto__:secret',
      'constructor:x',
    ]) {
      expect(() => driverOf(address)).toThrow(SqlFailure);
      expect(() => driverOf(address)).toThrow(
        'DATABASE_URL must be an address that starts with postgres: or postgresql: or pglite: or mysql: or mariadb: or sqlite: or file:',
      );
    }
    expect(() => driverOf('sqlite:./x', { SQL_POOL_SIZE: '0' })).toThrow(
      'SQL_POOL_SIZE must be a whole number from 1 to 1000, not "0"',
    );
  });

  it('reads addresses of MySQL, where nothing can be turned on', () => {
    expect(
      readMysql('mariadb://us%40er:p%2Fw@[::1]:3307/my%20shop?multipleStatements=true'),
    ).toEqual({
      user: 'us@er',
      password: 'p/w',
      database: 'my shop',
      host: '::1',
      port: 3307,
    });
    expect(readMysql('mysql://u@db.example/x?ssl-mode=VERIFY_IDENTITY')).toMatchObject({
      port: 3306,
      ssl: { rejectUnauthorized: true, verifyIdentity: true },
    });
    for (const address of ['mysql://u:secret@h:port/x', 'mysql://u:secret@h/x?ssl-mode=maybe']) {
      expect(() => readMysql(address)).toThrow(
        /^The address of the database must be mysql:(?!.*secret)/,
      );
    }
  });

  it('reads addresses of SQLite', () => {
    expect(readSqlite('sqlite::memory:')).toEqual({ path: undefined, mode: 'rwc' });
    expect(readSqlite('sqlite:/data/a%20b.sqlite')).toEqual({
      path: '/data/a b.sqlite',
      mode: 'rw',
    });
    expect(readSqlite('sqlite:///data/x.sqlite?mode=ro')).toEqual({
      path: '/data/x.sqlite',
      mode: 'ro',
    });
    expect(readSqlite('file:x.sqlite?mode=rwc')).toEqual({
      path: `${process.cwd()}/x.sqlite`,
      mode: 'rwc',
    });
  });
});
