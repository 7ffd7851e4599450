import type { Resource } from "../engine/resource";

/** Whether a Release installs such a chart, from any repository: `oci://quay.io/jetstack/charts/cert-manager`. */
export function isChart({ object }: Resource, ...names: readonly string[]): boolean {
  const chart = object.at("chart").text ?? "";
  const name = chart.split("/").at(-1) ?? "";
  return names.some(
    (wanted) => name === wanted || new RegExp(`^${wanted}-v?\\d.*\\.tgz$`).test(name),
  );
}
