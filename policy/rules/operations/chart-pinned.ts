import { at, resourceRule } from "../../engine/rule";
import { RELEASE } from "../../engine/types";

export const chartPinned = resourceRule({
  name: "chart-pinned",
  group: "operations",
  description: "A Release names the exact version of its chart.",
  why: "Without it the next deployment installs the latest version, operators and their CRDs included.",
  remediation: "Set version to one exact version.",
  severity: "high",
  level: "mandatory",
  link: "https://www.pulumi.com/registry/packages/kubernetes/api-docs/helm/v3/release/",
  types: [RELEASE],
  *check({ object }) {
    // A chart in the repository of the program is versioned with it.
    if (/^(\.|\/)|\.tgz$/.test(object.at("chart").text ?? "")) return;
    const version = object.at("version");
    if (/^v?\d+\.\d+\.\d+([-+][\w.+-]+)?$/.test(version.text ?? "")) return;
    yield at(
      version,
      "the next deployment may install another version",
      'Set it to one exact version, such as "0.29.0"',
    );
  },
});
