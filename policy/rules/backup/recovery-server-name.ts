import { archivesOf } from "../../resources/archives";
import { resourceRule } from "../../engine/rule";
import { CLUSTER } from "../../engine/types";

export const recoveryServerName = resourceRule({
  name: "recovery-server-name",
  group: "backup",
  description: "A recovered Cluster archives under another name than its source.",
  why: "Neither of two histories in one folder can be recovered, and the plugin refuses a folder that is not empty.",
  remediation:
    "Set spec.plugins[].parameters.serverName to a name that no Cluster has archived under.",
  severity: "critical",
  level: "mandatory",
  link: "https://cloudnative-pg.io/plugin-barman-cloud/docs/usage/#restoring-a-cluster",
  types: [CLUSTER],
  *check(cluster) {
    const { own, read } = archivesOf(cluster);
    for (const target of own) {
      const isRead = read.some(
        ({ store, serverName }) => store === target.store && serverName === target.serverName,
      );
      if (!isRead) continue;
      yield {
        path: target.path,
        value: target.serverName,
        reason: "names the folder that the Cluster is recovered from, in the same ObjectStore",
        remedy: `Use another name, such as "${target.serverName ?? ""}-2"`,
      };
    }
  },
});
