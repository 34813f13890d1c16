/** The ASCII letters and digits of foreign text as lower-case words; camelCase and separators part them. */
export function words(text: string): string[] {
  return text
    .slice(0, 400)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

export function camelCase(text: string): string {
  const name = pascalCase(text);
  return name.slice(0, 1).toLowerCase() + name.slice(1);
}

export function pascalCase(text: string): string {
  return words(text)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');
}

export function kebabCase(text: string): string {
  return words(text).join('-');
}
