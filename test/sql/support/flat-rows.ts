import type { Cells } from './loaded-database.js';

/**
 * Rows of a result as a join would give them: values as text, related rows as columns `relation.column`, one row for each of
 * many related ones. What is null is left out.
 */
export function flatRows(rows: readonly Record<string, unknown>[]): Cells[] {
  return rows.flatMap((row) => flatten(row, ''));
}

function flatten(row: Record<string, unknown>, prefix: string): Cells[] {
  return Object.entries(row).reduce<Cells[]>(
    (made, [name, value]) => {
      const path = `${prefix}${name}`;
      if (value === null) return made;
      if (Array.isArray(value)) {
        const children = value.flatMap((child: Record<string, unknown>) =>
          flatten(child, `${path}.`),
        );
        return made.flatMap((one) => children.map((child) => ({ ...one, ...child })));
      }
      if (typeof value === 'object') {
        const children = flatten(value as Record<string, unknown>, `${path}.`);
        return made.flatMap((one) => children.map((child) => ({ ...one, ...child })));
      }
      const text = String(value);
      return made.map((one) => ({ ...one, [path]: text }));
    },
    [{}],
  );
}

/** The same of rows that a database gave. */
export function withoutNulls(rows: readonly Cells[]): Cells[] {
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)),
  );
}
