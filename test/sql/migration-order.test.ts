import { describe, expect, it } from 'vitest';
import { inMigrationOrder, isUndo } from '../../src/sources/sql/migration-order.js';

describe('migrations run', () => {
  it.each([
    ['numbers as numbers', ['1_a.sql', '2_b.sql', '10_c.sql', '10_d.sql']],
    [
      'versions of Flyway, repeatable ones last',
      ['V1__a.sql', 'V1.2__b.sql', 'V1.10__c.sql', 'V2__a.sql', 'R__views.sql'],
    ],
    [
      'folders by name, with what is in them',
      ['2020_init/up.sql', '2021_more/up.sql', '2021_more_still/migration.sql'],
    ],
    [
      'timestamps longer than numbers can be',
      ['20200101000000000001_a.sql', '20200101000000000002_b.sql'],
    ],
  ])('in order: %s', (_, expected) => {
    expect(inMigrationOrder(expected.toReversed())).toEqual(expected);
    expect(inMigrationOrder([...expected.slice(1), expected[0]!])).toEqual(expected);
  });

  it('without those that undo others', () => {
    const paths = [
      ...['1_a.up.sql', '1_a.down.sql', 'x/up.sql', 'x/down.sql', 'U1__a.sql', 'V1__a.sql'],
      ...[
        'down/1.sql',
        'deploy/a.sql',
        'revert/a.sql',
        'verify/a.sql',
        'breakdown.sql',
        'Users.sql',
        '2.undo.sql',
        '3.undo.users.sql',
        '4-x.rollback.sql',
      ],
    ];
    expect(paths.filter((path) => !isUndo(path))).toEqual([
      ...['1_a.up.sql', 'x/up.sql', 'V1__a.sql', 'deploy/a.sql', 'breakdown.sql', 'Users.sql'],
    ]);
  });
});
