import { specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { COMPLETE, credentialsFor, credentialsOf } from "../../resources/store-credentials";
import { OBJECT_STORE } from "../../engine/types";

export const objectStoreCredentials = resourceRule({
  name: "object-store-credentials",
  group: "backup",
  description: "An ObjectStore refers to a Secret with its credentials, or uses a role.",
  why: "A key in the object can be read by anyone who may read the object or Pulumi's state.",
  remediation:
    "Set spec.configuration.s3Credentials.inheritFromIAMRole: true, or name a Secret in accessKeyId and secretAccessKey; googleCredentials and azureCredentials for stores there.",
  severity: "critical",
  level: "mandatory",
  link: "https://cloudnative-pg.io/plugin-barman-cloud/docs/object_stores/",
  types: [OBJECT_STORE],
  *check(store) {
    const env = specOf(store).at("instanceSidecarConfiguration", "env").items;
    for (const variable of env) {
      const isSecret =
        /(SECRET|PASSWORD|TOKEN|ACCESS_KEY|STORAGE_KEY|CONNECTION_STRING)(?!.*_FILE$)/.test(
          variable.at("name").text ?? "",
        );
      if (!isSecret || !variable.at("value").isSet) continue;
      yield {
        ...at(
          variable.at("value"),
          "can be read by anyone who may read the object",
          "Name the key of a Secret in configuration, or in valueFrom.secretKeyRef",
        ),
        value: "[not shown]",
      };
    }
    const configuration = specOf(store).at("configuration");
    const credentials = credentialsOf(configuration);
    for (const { kind, part } of credentials.filter(({ isUsable }) => !isUsable)) {
      yield {
        ...at(
          part,
          "is not a complete login: no role is inherited, and no Secret is named in full",
          COMPLETE[kind] ?? "",
        ),
        value: "[not shown]",
      };
    }
    const address = configuration.at("destinationPath").text;
    const needed = credentialsFor(address);
    for (const { part } of credentials.filter(({ kind }) => address && kind !== needed)) {
      yield {
        ...at(
          part,
          `does not belong to destinationPath, which needs ${needed}: the plugin chooses its client by the login`,
          `Replace it by ${needed}`,
        ),
        value: "[not shown]",
      };
    }
    if (credentials.length > 0) return;
    yield at(
      configuration.at(needed),
      "the ObjectStore has no credentials",
      COMPLETE[needed] ?? "",
    );
  },
});
