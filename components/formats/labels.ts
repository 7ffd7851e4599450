import { rule } from "../contract/rule";
import { propertyPath, type Refusal } from "../contract/schema";

const KEY = /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/;
const VALUE = /^([A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?)?$/;

export const labelsFree = rule({
  name: "labels-free",
  why: "Services, policies and budgets find the instances by reserved labels, which users must not set.",
  *check({ labels = {} }: { labels?: Record<string, string> }) {
    for (const [key, value] of Object.entries(labels)) {
      const refused = labelRefusal(key, value);
      if (refused) yield { path: propertyPath(["labels", key]), value, ...refused };
    }
  },
});

/** Label that makes CloudNativePG load a changed Secret at once, without a restart. */
export const RELOAD_LABEL = "cnpg.io/reload";

export const secretLabelsFree = rule({
  name: "secret-labels-free",
  why: "Of the labels that the operator reads, users may set only one on a Secret.",
  *check({ labels }: { labels?: Record<string, string> }) {
    const reload = propertyPath(["labels", RELOAD_LABEL]);
    yield* labelsFree.check({ labels }).filter(({ path }) => path !== reload);
  },
});

function labelRefusal(key: string, value: string): Refusal | undefined {
  if (/^(app\.kubernetes\.io|([^/]*\.)?cnpg\.io|([^/]*\.)?k8s\.io|kubernetes\.io)\//.test(key)) {
    return {
      reason: "labels of this domain are set by this component, by the operator or by Kubernetes",
      remedy: "Use a label of your own domain, such as example.com/team",
    };
  }
  if (KEY.test(key) && VALUE.test(value)) return undefined;
  return {
    reason: "is not a valid label in Kubernetes",
    remedy: "Use up to 63 letters, digits, `-`, `_` and `.`, with a letter or digit first and last",
  };
}

/** Whether Kubernetes accepts it as the key of an annotation. */
export function isQualifiedName(key: string): boolean {
  return KEY.test(key);
}
