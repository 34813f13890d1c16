/**
 * A key for an object literal that is typed by its index signature: TypeScript takes `constructor`, `toString`, … for the
 * members that every object has.
 */
export function ownKey(name: string): string {
  return name in Object.prototype ? `${name}_` : name;
}
