import { describe, expect, it } from 'vitest';
import { planSteps } from '../../../templates/src/runtime/sql/guard/plan-steps.js';

const steps = (plan: unknown): unknown => JSON.parse(planSteps(JSON.stringify(plan)));

describe('the plan of a statement that reads views', () => {
  it('of MariaDB has no conditions: they hold values of rows that were found', () => {
    const table = { table_name: 's', access_type: 'ref', key: 'by_note', ref: ['const'], rows: 1 };
    const plan = {
      query_block: {
        select_id: 1,
        having_condition: "max(c.secret) > 'm'",
        filesort: { sort_key: "s.note = 'open sesame'", temporary_table: {} },
        nested_loop: [
          { table: { ...table, attached_condition: "s.note = 'open sesame'" } },
          { 'block-nl-join': { join_type: 'BNL', attached_condition: "c.secret = 'open sesame'" } },
        ],
      },
    };
    expect(steps(plan)).toEqual({
      query_block: {
        select_id: 1,
        filesort: { temporary_table: {} },
        nested_loop: [{ table }, { 'block-nl-join': { join_type: 'BNL' } }],
      },
    });
  });

  it('of MySQL has none either, in both formats', () => {
    const one = {
      query_block: {
        cost_info: { query_cost: '1.05' },
        table: {
          table_name: 'c',
          used_columns: ['id', 'secret'],
          attached_condition: "(`c`.`secret` = 'open sesame')",
          rows_examined_per_scan: 1,
        },
      },
    };
    expect(steps(one)).toEqual({
      query_block: {
        cost_info: { query_cost: '1.05' },
        table: { table_name: 'c', used_columns: [], rows_examined_per_scan: 1 },
      },
    });
    const two = {
      query: "/* select#1 */ select 'open sesame' AS `note`",
      operation: "Filter: (s.note = 'open sesame')",
      access_type: 'filter',
      condition: "(s.note = 'open sesame')",
      estimated_rows: 1,
      inputs: [{ operation: 'Table scan on s', access_type: 'table', table_name: 's' }],
    };
    expect(steps(two)).toEqual({
      access_type: 'filter',
      estimated_rows: 1,
      inputs: [{ access_type: 'table', table_name: 's' }],
    });
  });

  it('of PostgreSQL has steps and costs', () => {
    const plan = [
      {
        Plan: {
          'Node Type': 'Hash Join',
          'Total Cost': 33.4,
          'Inner Unique': true,
          'Hash Cond': "(s.note = 'open sesame'::text)",
          'Sort Key': ['c.secret', "(c.name || 'open sesame')"],
          Plans: [{ 'Node Type': 'Seq Scan', 'Relation Name': 'notes', Filter: "(x = 'y')" }],
        },
      },
    ];
    expect(steps(plan)).toEqual([
      {
        Plan: {
          'Node Type': 'Hash Join',
          'Total Cost': 33.4,
          'Inner Unique': true,
          'Sort Key': [],
          Plans: [{ 'Node Type': 'Seq Scan', 'Relation Name': 'notes' }],
        },
      },
    ]);
  });
});
