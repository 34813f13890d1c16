import { readPostgres } from '../../../src/sources/sql/postgres/read-postgres.js';
import { readParsed } from '../../../src/sources/sql/postgres/parsed/read-parsed.js';
import type { DatabaseReading, SourceFile, TableModel } from '../../../src/sources/sql/model.js';

/** Reads scripts as the files `1.sql`, `2.sql`, … */
export async function read(...texts: string[]): Promise<DatabaseReading> {
  return readPostgres(numbered(texts));
}

/** The same by the reader that only parses. */
export async function readFast(...texts: string[]): Promise<DatabaseReading> {
  return readParsed(numbered(texts));
}

function numbered(texts: string[]): SourceFile[] {
  return texts.map((text, index) => ({ path: `${index + 1}.sql`, text }));
}

export function table({ model }: DatabaseReading, name: string): TableModel {
  const found = model.tables.find((one) => one.name === name);
  if (!found) throw new Error(`no ${name} in ${model.tables.map((one) => one.name).join()}`);
  return found;
}

export function tableNames({ model }: DatabaseReading): string[] {
  return model.tables.map(({ name }) => name);
}
