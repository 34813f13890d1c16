/** Statements that tables, columns and keys do not depend on. */
export const BESIDE =
  /^(?:create\s+(?:or\s+replace\s+)?(?:index|rule|function|procedure|aggregate|operator|cast|text|publication|statistics)|comment|alter\s+(?:function|procedure|index|publication|statistics))\b/i;
