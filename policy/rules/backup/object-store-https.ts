import { specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { OBJECT_STORE } from "../../engine/types";

export const objectStoreHttps = resourceRule({
  name: "object-store-https",
  group: "backup",
  description: "Backups are sent encrypted.",
  why: "A backup is the whole database, and over http anyone on the network path can read it.",
  remediation: "Set spec.configuration.endpointURL to an address with https://.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/plugin-barman-cloud/docs/object_stores/",
  types: [OBJECT_STORE],
  *check(store) {
    const url = specOf(store).at("configuration", "endpointURL");
    if (url.text === undefined || url.text.startsWith("https://")) return;
    yield at(
      url,
      "must begin with https://, or the whole database is sent unencrypted",
      "Use https://, with endpointCA for your own certificate",
    );
  },
});
