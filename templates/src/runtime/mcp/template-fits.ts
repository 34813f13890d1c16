/** A text, or at least one character that is none of these. */
type Step = { text: string } | { but: string };

const EXPRESSION = /\{([+#./?&;]?)([^{}]+)\}/g;
const LINE_ENDS = '\n\r\u2028\u2029';
const MAX_CHARS = 10_000;

/**
 * Whether a URI may be one of a template (RFC 6570). Both come from elsewhere: the time that it takes grows with their lengths
 * alone, however many expressions there are, which that of a regular expression does not.
 */
export function templateFits(template: string): (uri: string) => boolean {
  const steps = stepsOf(template);
  return (uri) => {
    if (uri.length > MAX_CHARS) return false;
    let ends = new Uint8Array(uri.length + 1);
    ends[0] = 1;
    for (const step of steps) ends = after(step, ends, uri);
    return ends[uri.length] === 1;
  };
}

/** Where in the URI a step may end, of where those before it may. */
function after(step: Step, before: Uint8Array, uri: string): Uint8Array<ArrayBuffer> {
  const ends = new Uint8Array(before.length);
  let isWithin = false;
  for (let at = 0; at < before.length; at += 1) {
    if ('text' in step) {
      if (before[at] === 1 && uri.startsWith(step.text, at)) ends[at + step.text.length] = 1;
      continue;
    }
    const character = uri[at];
    isWithin ||= before[at] === 1;
    if (character === undefined || step.but.includes(character)) isWithin = false;
    if (isWithin) ends[at + 1] = 1;
  }
  return ends;
}

function stepsOf(template: string): Step[] {
  const steps: Step[] = [];
  let at = 0;
  for (const found of template.matchAll(EXPRESSION)) {
    steps.push({ text: template.slice(at, found.index) });
    at = found.index + found[0].length;
    steps.push(...expression(found[1] ?? '', (found[2] ?? '').split(',')));
  }
  return [...steps, { text: template.slice(at) }];
}

function expression(operator: string, names: readonly string[]): Step[] {
  if (operator === '?' || operator === '&') {
    return names.flatMap((name, index) => [
      { text: `${index === 0 ? operator : '&'}${name.replace(/\*$/, '')}=` },
      { but: '&' },
    ]);
  }
  if (operator === '+' || operator === '#') return [{ but: LINE_ENDS }];
  const isList = names.length > 1 || names[0]?.endsWith('*') === true;
  const value = { but: isList || operator === ';' ? '/' : '/,' };
  return operator === '.' || operator === '/' ? [{ text: operator }, value] : [value];
}
