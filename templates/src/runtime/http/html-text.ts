/** Enough for any message; bounds the work on a hostile page. */
const MAX_HTML = 10_000;

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: ' ',
  '#39': "'",
};

/** True when the text is a web page, whatever it was declared as. */
export function looksLikeHtml(text: string): boolean {
  return /^\s*(<!doctype html|<html|<head|<body)/i.test(text.slice(0, 500));
}

/** What a person would read on a web page: its title, then its text, on one line. */
export function htmlText(html: string): string {
  const page = html.slice(0, MAX_HTML);
  const title = plain(/<title[^<>]*>([^<]*)</i.exec(page)?.[1] ?? '');
  const body = plain(
    page
      .replace(/<!--[^]*?-->/g, ' ')
      .replace(/<(script|style|head|svg|noscript)\b[^]*?<\/\1\s*>/gi, ' ')
      .replace(/<[^<>]*>/g, ' '),
  );
  if (title === '' || body.startsWith(title)) return body;
  return body === '' ? title : `${title} · ${body}`;
}

function plain(text: string): string {
  return text
    .replace(/&([a-z]+|#39);/gi, (entity, name: string) => ENTITIES[name.toLowerCase()] ?? entity)
    .replace(/\s+/g, ' ')
    .trim();
}
