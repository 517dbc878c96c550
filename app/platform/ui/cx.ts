/** Joins class names; falsy parts are left out. Class names are always written whole, never assembled. */
export function cx(...parts: readonly (string | false | null | undefined)[]): string {
  return parts.filter(Boolean).join(' ');
}
