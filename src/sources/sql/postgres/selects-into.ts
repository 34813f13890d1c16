/** Names, texts and comments, in which words mean nothing. */
const QUOTED = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\1\$|--[^\n]*|\/\*[\s\S]*?\*\//g;

/** Whether a statement is a SELECT … INTO, which makes a table of a query. Goes by its words. */
export function selectsInto(text: string): boolean {
  const words = text.replace(QUOTED, ' ');
  return (
    /^\s*(?:select|with)\b/i.test(words) &&
    /\binto\b/i.test(words.replace(/\b(?:insert|merge)\s+into\b/gi, ' '))
  );
}
