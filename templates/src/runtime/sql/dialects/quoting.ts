/** The name between quotes, those in it doubled. Throws for a name with NUL, which ends texts in databases. */
export function quoteName(name: string, quote: '"' | '`'): string {
  if (name === '' || name.includes('\0')) {
    throw new TypeError(`${JSON.stringify(name)} is no name that a database can have`);
  }
  return quote + name.replaceAll(quote, quote + quote) + quote;
}

/** Characters or bytes that values of the type have at most, as in `varchar(20)`; undefined where the type does not say. */
export function boundOf(type: string): number | undefined {
  const length =
    /^(?:n?var)?(?:char|binary)\s*\((\d{1,9})\)|^(?:character varying|character|varchar|bpchar)\s*\((\d{1,9})\)/i.exec(
      type.trim(),
    );
  const digits = length?.[1] ?? length?.[2];
  return digits === undefined ? undefined : Number(digits);
}

/** The text so that LIKE … ESCAPE '!' takes all of it literally. */
export function escapeLike(text: string): string {
  return text.replace(/[!%_]/g, '!$&');
}
