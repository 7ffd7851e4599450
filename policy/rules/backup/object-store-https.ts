import { specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { OBJECT_STORE } from "../../engine/types";

export const objectStoreHttps = resourceRule({
  name: "object-store-https",
  group: "backup",
  description: "Backups travel encrypted.",
  why: "A backup is the whole database, and over http everybody on the way can read it.",
  remediation: "Set spec.configuration.endpointURL to an address with https://.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/plugin-barman-cloud/docs/object_stores/",
  types: [OBJECT_STORE],
  *judge(store) {
    const url = specOf(store).at("configuration", "endpointURL");
    if (url.text === undefined || url.text.startsWith("https://")) return;
    yield at(
      url,
      "the whole database would travel in the clear",
      "Use https://, with endpointCA for a certificate of your own",
    );
  },
});
