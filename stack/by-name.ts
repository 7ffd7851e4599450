/**
 * Returns the same without a prototype, to be looked up by names that users choose: in an ordinary object `constructor` is
 * found although nobody declared it.
 */
export function byName<T>(all: Record<string, T> = {}): Record<string, T> {
  return Object.assign(Object.create(null) as Record<string, T>, all);
}
