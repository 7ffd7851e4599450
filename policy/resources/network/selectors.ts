import type { Part } from "../../engine/part";
import { grouped, selects } from "../../engine/stack";

/** A selector of pods, and the namespace in which it selects: undefined for all of them. */
export interface PodSelector {
  selector: Part;
  namespace: string | undefined;
}

/** Finds out whether any selector takes a pod. By a label that most name, so that not each is tried for each pod. */
export class PodSelectors {
  private readonly byLabel: ReadonlyMap<string | undefined, PodSelector[]>;
  /** Why others cannot be judged: what is still to come in the preview, or malformed. */
  private readonly failures: readonly unknown[];

  constructor(
    private readonly label: string,
    selectors: readonly (PodSelector | (() => PodSelector))[],
  ) {
    const failures: unknown[] = [];
    const judged = selectors.flatMap((selector) => {
      try {
        const read = typeof selector === "function" ? selector() : selector;
        return [[read, labelOf(read, label)] as const];
      } catch (error) {
        failures.push(error);
        return [];
      }
    });
    const groups = grouped(judged, ([, value]) => value);
    this.byLabel = new Map([...groups].map(([value, all]) => [value, all.map(([one]) => one)]));
    this.failures = failures;
  }

  /** Throws what keeps it from judging a selector, where none that it can judge takes the pod. */
  take(namespace: string, labels: Readonly<Record<string, string>>): boolean {
    const named = this.byLabel.get(labels[this.label]) ?? [];
    const unnamed = this.byLabel.get(undefined) ?? [];
    const isTaken = [...named, ...unnamed].some(
      (one) =>
        (one.namespace === undefined || one.namespace === namespace) &&
        selects(one.selector, labels),
    );
    if (!isTaken && this.failures.length > 0) throw this.failures[0];
    return isTaken;
  }
}

/** Reads the whole selector, so that what cannot be judged of it is known from the start. */
function labelOf({ selector }: PodSelector, label: string): string | undefined {
  selects(selector, {});
  return selector.at("matchLabels").texts[label];
}
