import { isChart } from "../../resources/release";
import { at, resourceRule } from "../../engine/rule";
import { RELEASE } from "../../engine/types";

export const pgadminLogin = resourceRule({
  name: "pgadmin-login",
  group: "security",
  description: "pgAdmin does not use the default login of its chart.",
  why: "The chart's password is public, and pgAdmin gives access to every database that it knows.",
  remediation: "Set values.existingSecret in the Release of pgadmin4.",
  severity: "critical",
  level: "mandatory",
  link: "https://github.com/rowanruseler/helm-charts/tree/main/charts/pgadmin4",
  types: [RELEASE],
  *check(release) {
    if (!isChart(release, "pgadmin4")) return;
    const secret = release.object.at("values", "existingSecret");
    if (secret.text !== undefined && secret.text !== "") return;
    yield at(
      secret,
      "the chart's default password is public",
      "Set it to the name of a Secret with the key password",
    );
  },
});
