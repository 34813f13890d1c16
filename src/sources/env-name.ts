/** Variables that commonly hold credentials of something else on a developer's machine. */
const AMBIENT =
  /^(?:AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)|(?:GITHUB|GH|GITLAB|NPM|NODE_AUTH|HF|SLACK|SENTRY_AUTH|VERCEL|CLOUDFLARE_API|DIGITALOCEAN_ACCESS|HEROKU_API|DATABASE|VAULT)_(?:TOKEN|KEY|URL|PASSWORD)|(?:OPENAI|ANTHROPIC|GOOGLE|GEMINI|AZURE|STRIPE|MISTRAL)_(?:API_KEY|SECRET_KEY|TOKEN)|NODE_.*|LD_.*|PATH|HOME)$/;

/** `PETSTORE_BASE_URL` and the like: upper case words joined by `_`, a letter first. */
export function envName(...parts: string[]): string {
  const words = parts
    .flatMap((part) =>
      part
        .slice(0, 200)
        .normalize('NFKD')
        .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
        .toUpperCase()
        .split(/[^A-Z0-9]+/),
    )
    .filter(Boolean);
  const unique = words.filter((word, index) => word !== words[index - 1]);
  const name = unique.join('_').slice(0, 80);
  // A document must not be able to ask for what other programs keep in the environment.
  return /^[A-Z]/.test(name) && !AMBIENT.test(name) ? name : `API_${name}`;
}
