/**
 * Checks one thing after another. When one cannot be checked, because a value is not known yet or is malformed, the
 * others still are. The first error is thrown at the end.
 */
export function* checkEach<T, V>(
  things: readonly T[],
  check: (thing: T) => Iterable<V>,
): Generator<V> {
  const errors: unknown[] = [];
  for (const thing of things) {
    try {
      yield* check(thing);
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}
