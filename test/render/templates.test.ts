import { readdirSync, readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import { describe, expect, it } from 'vitest';
import { TEMPLATES } from '../../src/project/templates.js';
import { show } from '../../src/render/engine.js';
import { helpers } from '../../src/render/helpers.js';

const paths = readdirSync(TEMPLATES, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.hbs'))
  .sort();

const read = (path: string) => readFileSync(new URL(path, TEMPLATES), 'utf8');

/** What a template does besides printing a value through an emitter, or testing and repeating. */
function faults(text: string): string[] {
  const found: string[] = [];
  class Scan extends Handlebars.Visitor {
    override MustacheStatement(node: hbs.AST.MustacheStatement): void {
      const { original } = node.path as hbs.AST.PathExpression;
      if (!(original in helpers)) found.push(`prints ${original} as it is`);
      if (node.params.length === 0) found.push(`prints ${original} as it is`);
      super.MustacheStatement(node);
    }
    override BlockStatement(node: hbs.AST.BlockStatement): void {
      const { original } = node.path as hbs.AST.PathExpression;
      if (original !== 'if' && original !== 'each') found.push(`uses #${original}`);
      super.BlockStatement(node);
    }
    override PartialStatement(): void {
      found.push('uses a partial');
    }
    override SubExpression(): void {
      found.push('computes');
    }
  }
  new Scan().accept(Handlebars.parse(text));
  return found;
}

describe('templates', () => {
  it('the scan finds values that are printed as they are', () => {
    expect(faults('{{title}}')).toEqual(['prints title as it is', 'prints title as it is']);
    expect(faults('{{{js title}}}')).toEqual([]);
    expect(faults('{{#with a}}{{js b}}{{/with}}')).toEqual(['uses #with']);
    expect(faults('{{js}}')).toEqual(['prints js as it is']);
  });

  it.each(paths)('%s prints values through emitters only, and is short', (path) => {
    expect(faults(read(path))).toEqual([]);
    if (!path.startsWith('package-lock')) {
      expect(read(path).split('\n').length).toBeLessThan(150);
    }
  });

  it('a missing name is an error', () => {
    expect(() => show('src/generated/server.ts.hbs', {})).toThrow('not given: literal in line 3');
  });
});
