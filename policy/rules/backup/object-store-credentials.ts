import { specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { credentialsOf } from "../../resources/store-credentials";
import { OBJECT_STORE } from "../../engine/types";

export const objectStoreCredentials = resourceRule({
  name: "object-store-credentials",
  group: "backup",
  description: "An ObjectStore refers to its credentials, or has a role.",
  why: "A key that stands in the object is readable by everybody who may look at it, and in Pulumi's state.",
  remediation:
    "Set spec.configuration.s3Credentials.inheritFromIAMRole: true, or name a Secret in accessKeyId and secretAccessKey.",
  severity: "critical",
  level: "mandatory",
  link: "https://cloudnative-pg.io/plugin-barman-cloud/docs/object_stores/",
  types: [OBJECT_STORE],
  *judge(store) {
    const env = specOf(store).at("instanceSidecarConfiguration", "env").items;
    for (const variable of env) {
      const isSecret = /SECRET|PASSWORD|TOKEN|ACCESS_KEY|STORAGE_KEY/.test(
        variable.at("name").text ?? "",
      );
      if (!isSecret || !variable.at("value").isSet) continue;
      yield {
        ...at(
          variable.at("value"),
          "everybody who may look at the object can read it",
          "Name the key of a Secret in configuration, or in valueFrom.secretKeyRef",
        ),
        value: "[not shown]",
      };
    }
    const configuration = specOf(store).at("configuration");
    const credentials = credentialsOf(configuration);
    for (const { part } of credentials.filter(({ isUsable }) => !isUsable)) {
      yield {
        ...at(
          part,
          "nobody can log in with them: a role is not taken over, and a Secret is not named in full",
          "Set inheritFromIAMRole: true, or name a Secret and its key in accessKeyId and secretAccessKey",
        ),
        value: "[not shown]",
      };
    }
    if (credentials.length > 0) return;
    yield at(
      configuration.at("s3Credentials"),
      "nothing says with which credentials the store is written",
      "Set inheritFromIAMRole: true, or name a Secret in accessKeyId and secretAccessKey",
    );
  },
});
