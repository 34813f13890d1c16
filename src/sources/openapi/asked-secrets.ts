import type { HttpSecurityScheme } from '../../blueprint/types.js';
import { envName } from '../env-name.js';
import type { Context } from './context.js';
import { givenKey, type GivenEntries } from './given-parameters.js';
import type { Node } from './node.js';
import type { Operation } from './operation.js';
import { isReserved } from './parameters.js';
import { variablesOf } from './required-settings.js';
import { isSecretName } from './secret-name.js';

/**
 * Reports secrets that every call would ask the model for: headers, query parameters and cookies of at least half of the
 * operations, and of two, that are called like one and in no security scheme.
 */
export function reportAskedSecrets(
  context: Context,
  operations: readonly Operation[],
  schemes: Record<string, HttpSecurityScheme>,
  { id, parameters = {} }: { id: string; parameters?: GivenEntries },
): void {
  const held = new Set(Object.values(schemes).flatMap(variablesOf));
  const asked = new Map<string, { name: string; node: Node; count: number }>();
  for (const operation of operations) {
    const found = new Map<string, { name: string; node: Node }>();
    for (const parameter of operation.parameters) {
      const { name, in: place, node } = parameter;
      if (place === 'path' || place === 'querystring' || !isSecretName(name)) continue;
      if (isReserved(parameter, schemes) || givenKey(parameters, parameter) !== undefined) continue;
      found.set(place === 'header' ? name.toLowerCase() : name, { name, node });
    }
    for (const [key, one] of found) {
      asked.set(key, { ...(asked.get(key) ?? one), count: (asked.get(key)?.count ?? 0) + 1 });
    }
  }
  for (const { name, node, count } of asked.values()) {
    if (count < 2 || count * 2 < operations.length) continue;
    const plain = envName(id, name.replace(/^x-/i, ''));
    // What holds a credential already is sent as that, too.
    const env = held.has(plain) ? `${plain}_PARAMETER` : plain;
    const yaml = `parameters: { ${yamlKey(name)}: "\${${env}}" }`;
    context.findings.add('MCP216', { name, count, all: operations.length, id, yaml }, node);
  }
}

function yamlKey(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_-]*$/.test(name) ? name : JSON.stringify(name);
}
