import { readPostgres } from '../../../src/sources/sql/postgres/read-postgres.js';
import type { DatabaseReading, TableModel } from '../../../src/sources/sql/model.js';

/** Reads scripts as the files `1.sql`, `2.sql`, … */
export async function read(...texts: string[]): Promise<DatabaseReading> {
  return readPostgres(texts.map((text, index) => ({ path: `${index + 1}.sql`, text })));
}

export function table({ model }: DatabaseReading, name: string): TableModel {
  const found = model.tables.find((one) => one.name === name);
  if (!found) throw new Error(`no ${name} in ${model.tables.map((one) => one.name).join()}`);
  return found;
}

export function tableNames({ model }: DatabaseReading): string[] {
  return model.tables.map(({ name }) => name);
}
