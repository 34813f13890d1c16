/** Whether a file is an SQL script by its name. */
export function isScriptName(name: string): boolean {
  return /\.(?:sql|ddl|mysql|sqlite|pgsql)(?:\.gz)?$/i.test(name);
}
