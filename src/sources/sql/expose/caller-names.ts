import { visibleText } from '../../../blueprint/model-text.js';

/** A name as callers read and write it: visible, and none that objects of JavaScript give a meaning. */
export function callerName(name: string, instead: string): string {
  const visible = visibleText(name) || instead;
  return visible in Object.prototype || visible === 'prototype' ? `${visible}_` : visible;
}

/** Names of columns in the database → for callers, each of them once. */
export function columnNames(columns: readonly { name: string }[]): Map<string, string> {
  const taken = new Set<string>();
  return new Map(
    columns.map(({ name }) => {
      const wanted = callerName(name, 'column');
      let free = wanted;
      for (let count = 2; taken.has(free); count += 1) free = `${wanted}_${count}`;
      taken.add(free);
      return [name, free] as const;
    }),
  );
}
