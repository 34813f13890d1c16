/** Lines by which tools for migrations tell what undoes a migration from what makes it. */
const DOWN =
  /^[ \t]*(?:--[ \t]*\+(?:goose|migrate)[ \t]+down\b|--[ \t]*(?:migrate:|@)down\b|--[ \t]*\/\/[ \t]*@undo\b|--[ \t]*down[ \t]+migration\b|--[ \t]*rambler[ \t]+down\b|#[ \t]*-+[ \t]*!downs\b|--[ \t]*!downs\b|--[ \t]*-*[ \t]*create above[ \t]*\/[ \t]*drop below\b|--[ \t]*@?rollback[ \t]*:?[ \t]*$)/i;
const UP =
  /^[ \t]*(?:--[ \t]*\+(?:goose|migrate)[ \t]+up\b|--[ \t]*(?:migrate:|@)up\b|--[ \t]*up[ \t]+migration\b|--[ \t]*rambler[ \t]+up\b|#[ \t]*-+[ \t]*!ups\b|--[ \t]*!ups\b|--[ \t]*\/\/(?![ \t]*@))/i;
/** Play's markers are no comments of SQL. */
const HASH = /^[ \t]*#[ \t]*-+[ \t]*!/;

/**
 * Blanks out the parts of a migration that undo it (goose, sql-migrate, dbmate, MyBatis, node-pg-migrate, rambler, Play, tern,
 * a line `-- rollback`), up to the next mark of a part that makes something. Every other character keeps its place.
 */
export function cutDownParts(text: string): string {
  if (!/down|undo|drop below|rollback/i.test(text)) return text;
  let down = false;
  const lines = text.split('\n').map((line) => {
    if (DOWN.test(line)) down = true;
    else if (UP.test(line)) down = false;
    return down || HASH.test(line) ? '' : line;
  });
  return lines.join('\n');
}
