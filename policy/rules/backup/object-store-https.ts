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
    const configuration = specOf(store).at("configuration");
    // That of Azure is an address, too.
    const destination = configuration.at("destinationPath");
    const addresses = [
      configuration.at("endpointURL"),
      ...(destination.text?.startsWith("http://") === true ? [destination] : []),
    ];
    for (const url of addresses) {
      if (url.text === undefined || url.text.startsWith("https://")) continue;
      yield at(
        url,
        "must begin with https://, or the whole database is sent unencrypted",
        "Use https://, with endpointCA for your own certificate",
      );
    }
  },
});
