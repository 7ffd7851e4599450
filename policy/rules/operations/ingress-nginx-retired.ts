import { isChart } from "../../resources/release";
import { at, resourceRule } from "../../engine/rule";
import { RELEASE } from "../../engine/types";

export const ingressNginxRetired = resourceRule({
  name: "ingress-nginx-retired",
  group: "operations",
  description: "ingress-nginx is not installed.",
  why: "It was retired in March 2026, and vulnerabilities found since then are not fixed.",
  remediation: "Install Traefik or Envoy Gateway instead.",
  severity: "high",
  level: "mandatory",
  link: "https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement/",
  types: [RELEASE],
  *check(release) {
    if (!isChart(release, "ingress-nginx")) return;
    yield at(
      release.object.at("chart"),
      "is retired and gets no security fixes",
      "Use Traefik, Envoy Gateway or another maintained controller",
    );
  },
});
