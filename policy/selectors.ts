import type { Part } from "./part";
import { grouped, selects } from "./stack";

/** A selector of pods, and the namespace in which it selects: undefined for all of them. */
export interface PodSelector {
  selector: Part;
  namespace: string | undefined;
}

/** Finds out whether any selector takes a pod. By a label that most name, so that not each is tried for each pod. */
export class PodSelectors {
  private readonly byLabel: ReadonlyMap<string | undefined, PodSelector[]>;

  constructor(
    private readonly label: string,
    selectors: readonly PodSelector[],
  ) {
    this.byLabel = grouped(selectors, ({ selector }) => selector.at("matchLabels", label).scalar);
  }

  take(namespace: string, labels: Readonly<Record<string, string>>): boolean {
    const named = this.byLabel.get(labels[this.label]) ?? [];
    const unnamed = this.byLabel.get(undefined) ?? [];
    return [...named, ...unnamed].some(
      (one) =>
        (one.namespace === undefined || one.namespace === namespace) &&
        selects(one.selector, labels),
    );
  }
}
