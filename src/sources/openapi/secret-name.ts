/** Before `token`: where a list goes on, what a form proves, what an asset is called. */
const HARMLESS_TOKEN =
  /^(?:page|paging|pagination|next|prev|previous|continuation|continue|sync|skip|resume|cursor|start|scroll|idempotency|request|client|csrf|xsrf|nonce|contract|max|stop|delta|change|watch)$/;

/** Before `key`: what makes it one that proves who calls. */
const KEY_OF =
  /^(?:api|access|app|application|auth|consumer|developer|dev|license|secret|service|private|subscription|user|account|project|client|master|admin|x)$/;

const SECRETS = new Set([
  'apikey',
  'accesskey',
  'appkey',
  'authkey',
  'apitoken',
  'accesstoken',
  'authtoken',
  'secret',
  'password',
  'passwd',
  'pwd',
  'passphrase',
  'jwt',
  'bearer',
  'auth',
  'authorization',
  'credential',
  'credentials',
]);

/** Whether a parameter is called like what proves who calls: `X-Api-Key`, `access_token`; not `page_token` or `sort_key`. */
export function isSecretName(name: string): boolean {
  const words = name
    .slice(0, 200)
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  const last = words.at(-1);
  const before = words.at(-2);
  if (last === undefined) return false;
  if (SECRETS.has(last)) return true;
  if (last === 'token') return before === undefined || !HARMLESS_TOKEN.test(before);
  if (last === 'key') return before === undefined || KEY_OF.test(before);
  return false;
}
