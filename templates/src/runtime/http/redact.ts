const HIDDEN = '***';

/** Shorter values would blank out ordinary words. */
const SHORTEST_SECRET = 4;

export type Redactor = {
  /** The text without any known secret, plain, URL-encoded, in base64 or inside JSON. */
  redact: (text: string) => string;
  /** Makes a value known, e.g. a token that was fetched. */
  add: (secret: string) => void;
};

/** Replaces every known secret by `***`. */
export function createRedactor(secrets: readonly string[] = []): Redactor {
  const known = new Set<string>();
  let pattern: RegExp | undefined;
  const add = (secret: string): void => {
    if (secret.length < SHORTEST_SECRET || known.has(secret)) return;
    for (const form of formsOf(secret)) known.add(form);
    // Longest first: a secret that contains another one must not leave its rest behind.
    const forms = [...known].sort((a, b) => b.length - a.length).map(escapeRegExp);
    pattern = new RegExp(forms.join('|'), 'g');
  };
  secrets.forEach(add);
  return { add, redact: (text) => (pattern === undefined ? text : text.replace(pattern, HIDDEN)) };
}

function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const base64 = bytes.toString('base64');
  const url = encodeURIComponent(secret);
  const strict = url.replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const json = JSON.stringify(secret).slice(1, -1);
  return [
    secret,
    url,
    url.replace(/%[0-9A-F]{2}/g, (triple) => triple.toLowerCase()),
    url.replaceAll('%20', '+'),
    strict,
    strict.replaceAll('%20', '+'),
    base64,
    base64.replace(/=+$/, ''),
    bytes.toString('base64url'),
    json,
    // As other languages escape text in JSON.
    json.replaceAll('/', '\\/'),
    json.replace(/[^\w.-]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`),
    json.replace(
      /[+<>&']/g,
      (sign) => `\\u${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
    ),
  ];
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
