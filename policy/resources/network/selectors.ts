import type { Part } from "../../engine/part";
import { grouped, selects } from "../../engine/stack";

/** A selector of pods, and the namespace in which it selects: undefined for all of them. */
export interface PodSelector {
  selector: Part;
  namespace: string | undefined;
}

/** Finds out whether any selector selects a pod. Indexed by a label that most name, so that few are tried for a pod. */
export class PodSelectors {
  private readonly byLabel: ReadonlyMap<string | undefined, PodSelector[]>;
  /** Errors of selectors that cannot be read: not known yet in the preview, or malformed. */
  private readonly failures: readonly unknown[];

  constructor(
    private readonly label: string,
    selectors: readonly (PodSelector | (() => PodSelector))[],
  ) {
    const failures: unknown[] = [];
    const readable = selectors.flatMap((selector) => {
      try {
        const read = typeof selector === "function" ? selector() : selector;
        return [[read, labelOf(read, label)] as const];
      } catch (error) {
        failures.push(error);
        return [];
      }
    });
    const groups = grouped(readable, ([, value]) => value);
    this.byLabel = new Map([...groups].map(([value, all]) => [value, all.map(([one]) => one)]));
    this.failures = failures;
  }

  /** Throws the error of a selector that cannot be read, if no other selects the pod. */
  match(namespace: string, labels: Readonly<Record<string, string>>): boolean {
    const named = this.byLabel.get(labels[this.label]) ?? [];
    const unnamed = this.byLabel.get(undefined) ?? [];
    const isSelected = [...named, ...unnamed].some(
      (one) =>
        (one.namespace === undefined || one.namespace === namespace) &&
        selects(one.selector, labels),
    );
    if (!isSelected && this.failures.length > 0) throw this.failures[0];
    return isSelected;
  }
}

/** Reads the whole selector, so that its errors are known from the start. */
function labelOf({ selector }: PodSelector, label: string): string | undefined {
  selects(selector, {});
  return selector.at("matchLabels").texts[label];
}
