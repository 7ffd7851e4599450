import type { Subject } from "../engine/subject";

/** Whether a Release installs this chart, from whatever repository: `oci://quay.io/jetstack/charts/cert-manager`. */
export function isChart({ object }: Subject, ...names: readonly string[]): boolean {
  const chart = object.at("chart").text ?? "";
  const name = chart.split("/").at(-1) ?? "";
  return names.some(
    (wanted) => name === wanted || new RegExp(`^${wanted}-v?\\d.*\\.tgz$`).test(name),
  );
}
