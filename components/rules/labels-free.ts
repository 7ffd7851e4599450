import { z } from "zod";
import { maybe, rule } from "./rule";
import { propertyPath, type Refusal } from "./shape";

const KEY = /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/;
const VALUE = /^([A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?)?$/;

export const labelsFree = rule({
  name: "labels-free",
  why: "Services, policies and budgets find the instances by labels that nobody else may write.",
  subject: z.object({ labels: maybe(z.record(z.string(), z.unknown())) }),
  judge: ({ labels = {} }) =>
    Object.entries(labels).flatMap(([key, value]) => {
      const refused = judgeLabel(key, typeof value === "string" ? value : "");
      return refused ? [{ path: propertyPath(["labels", key]), value, ...refused }] : [];
    }),
});

function judgeLabel(key: string, value: string): Refusal | undefined {
  if (/^(app\.kubernetes\.io|([^/]*\.)?cnpg\.io|([^/]*\.)?k8s\.io|kubernetes\.io)\//.test(key)) {
    return {
      reason: "labels of this domain are set by this component, by the operator or by Kubernetes",
      remedy: "Use a label of your own domain, such as example.com/team",
    };
  }
  if (KEY.test(key) && VALUE.test(value)) return undefined;
  return {
    reason: "Kubernetes takes no such label",
    remedy: "Use up to 63 letters, digits, `-`, `_` and `.`, with a letter or digit first and last",
  };
}
