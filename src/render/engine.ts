import Handlebars from 'handlebars';
import { readTemplate } from '../project/templates.js';
import { helpers } from './helpers.js';

const BUILT_IN = { if: true, each: true };

type Show = (view: object) => string;

const shown = new Map<string, Show>();
let engine: typeof Handlebars | undefined;

/** Shows `view` through a template, named by its path below `templates/`. A missing name throws with its line. */
export function show(template: string, view: object): string {
  let render = shown.get(template);
  if (render === undefined) {
    render = compileTemplate(template);
    shown.set(template, render);
  }
  return render(view);
}

function compileTemplate(template: string): Show {
  const handlebars = (engine ??= createEngine());
  return handlebars.compile(readTemplate(template), {
    strict: true,
    noEscape: true,
    knownHelpersOnly: true,
    knownHelpers: {
      ...BUILT_IN,
      ...Object.fromEntries(Object.keys(helpers).map((name) => [name, true])),
    },
  }) as Show;
}

function createEngine(): typeof Handlebars {
  const handlebars = Handlebars.create();
  for (const name of Object.keys(handlebars.helpers)) {
    if (!(name in BUILT_IN)) handlebars.unregisterHelper(name);
  }
  for (const [name, helper] of Object.entries(helpers)) {
    handlebars.registerHelper(name, given(name, helper as Handlebars.HelperDelegate));
  }
  return handlebars;
}

/** Strict mode does not look at what helpers are given. */
function given(name: string, helper: Handlebars.HelperDelegate): Handlebars.HelperDelegate {
  return (...args: unknown[]) => {
    const { loc } = args.at(-1) as { loc: hbs.AST.SourceLocation };
    if (args.includes(undefined))
      throw new TypeError(`not given: ${name} in line ${loc.start.line}`);
    return helper(...args) as string;
  };
}
