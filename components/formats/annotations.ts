import { rule } from "../contract/rule";
import { propertyPath, type Refusal } from "../contract/schema";

const KEY = /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/;

export const annotationsFree = rule({
  name: "annotations-free",
  why: "The operator and Pulumi act on annotations of their own, which users must not set.",
  *check({ annotations = {} }: { annotations?: Record<string, string> }) {
    for (const [key, value] of Object.entries(annotations)) {
      const refused = annotationRefusal(key);
      if (refused) yield { path: propertyPath(["annotations", key]), value, ...refused };
    }
  },
});

function annotationRefusal(key: string): Refusal | undefined {
  if (/^([^/]*\.)?(cnpg\.io|pulumi\.com)\//.test(key)) {
    return {
      reason: "annotations of this domain are commands to the operator or to Pulumi",
      remedy: "Remove it",
    };
  }
  if (KEY.test(key)) return undefined;
  return {
    reason: "is not a valid annotation in Kubernetes",
    remedy: "Use up to 63 letters, digits, `-`, `_` and `.`, after an optional domain and a slash",
  };
}
