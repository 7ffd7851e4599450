import { isChart } from "../../resources/release";
import { at, resourceRule } from "../../engine/rule";
import { RELEASE } from "../../engine/types";

export const ingressNginxRetired = resourceRule({
  name: "ingress-nginx-retired",
  group: "operations",
  description: "ingress-nginx is not installed.",
  why: "It was retired in March 2026, and what is found in it from then on stays open.",
  remediation: "Install Traefik or Envoy Gateway instead.",
  severity: "high",
  level: "mandatory",
  link: "https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement/",
  types: [RELEASE],
  *judge(release) {
    if (!isChart(release, "ingress-nginx")) return;
    yield at(
      release.object.at("chart"),
      "nobody mends it any more",
      "Use Traefik, Envoy Gateway or another controller that is maintained",
    );
  },
});
