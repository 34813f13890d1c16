/**
 * Gives the headings of a Markdown document, asked for in their order, the anchors that GitHub gives them: one that was given
 * before gets a number.
 */
export function headingAnchors(): (heading: string) => string {
  const given = new Map<string, number>();
  return (heading) => {
    const plain = heading
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
      .replaceAll(' ', '-');
    let anchor = plain;
    let count = given.get(plain) ?? 0;
    while (given.has(anchor)) {
      count += 1;
      anchor = `${plain}-${count}`;
    }
    given.set(plain, count);
    given.set(anchor, given.get(anchor) ?? 0);
    return anchor;
  };
}
