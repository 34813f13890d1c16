/** Lines by which tools for migrations tell what undoes a migration from what makes it. */
const DOWN =
  /^[ \t]*(?:--[ \t]*\+(?:goose|migrate)[ \t]+down\b|--[ \t]*(?:migrate:|@)down\b|--[ \t]*\/\/[ \t]*@undo\b|--[ \t]*down[ \t]+migration\b|--[ \t]*rambler[ \t]+down\b|#[ \t]*-+[ \t]*!downs\b|--[ \t]*!downs\b|--[ \t]*-*[ \t]*create above[ \t]*\/[ \t]*drop below\b|--[ \t]*@?rollback[ \t]*:?[ \t]*$)/i;
const UP =
  /^[ \t]*(?:--[ \t]*\+(?:goose|migrate)[ \t]+up\b|--[ \t]*(?:migrate:|@)up\b|--[ \t]*up[ \t]+migration\b|--[ \t]*rambler[ \t]+up\b|#[ \t]*-+[ \t]*!ups\b|--[ \t]*!ups\b|--[ \t]*\/\/(?![ \t]*@))/i;
/** `-- Up` and `-- Down` alone on their lines: anybody may write the latter, so that it counts only behind the former. */
const PLAIN_UP = /^[ \t]*--[ \t]*up[ \t]*\r?$/i;
const PLAIN_DOWN = /^[ \t]*--[ \t]*down[ \t]*\r?$/i;
/** Play's markers are no comments of SQL. */
const HASH = /^[ \t]*#[ \t]*-+[ \t]*!/;

/**
 * Blanks out the parts of a migration that undo it (goose, sql-migrate, dbmate, MyBatis, node-pg-migrate, rambler, Play, tern,
 * node-sqlite, a line `-- rollback`), up to the next mark of a part that makes something. Every other character keeps its place.
 */
export function cutDownParts(text: string): string {
  if (!/down|undo|drop below|rollback/i.test(text)) return text;
  let down = false;
  let isPlain = false;
  const lines = text.split('\n').map((line) => {
    const isUp = PLAIN_UP.test(line);
    isPlain ||= isUp;
    if (DOWN.test(line) || (isPlain && PLAIN_DOWN.test(line))) down = true;
    else if (isUp || UP.test(line)) down = false;
    return down || HASH.test(line) ? '' : line;
  });
  return lines.join('\n');
}
