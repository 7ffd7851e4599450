/**
 * Judges one thing after another. What cannot be judged of one, since a value of it is still to come or is malformed,
 * is no reason to leave out the others: it is told at the end.
 */
export function* judgedApart<T, V>(
  things: readonly T[],
  judge: (thing: T) => Iterable<V>,
): Generator<V> {
  const failures: unknown[] = [];
  for (const thing of things) {
    try {
      yield* judge(thing);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
