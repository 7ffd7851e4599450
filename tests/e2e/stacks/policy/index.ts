import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import {
  Platform,
  PostgresCluster,
  type Mirror,
  type PlatformArgs,
  type PostgresClusterArgs,
} from "../../../../components";

/** Of any kind, as one writes them by hand. */
interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
}

const config = new pulumi.Config();
const mirror = config.requireObject<Mirror>("mirror");
const { cloudNativePg } = config.requireObject<PlatformArgs>("platform");
const clusters = config.getObject<Record<string, PostgresClusterArgs>>("clusters") ?? {};
const manifests = config.getObject<Manifest[]>("manifests") ?? [];

const dependsOn = config.getBoolean("operator")
  ? [new Platform("platform", { mirror, cloudNativePg })]
  : [];
const protect = config.getBoolean("protect");
const app = new k8s.core.v1.Namespace("app", { metadata: { name: "app" } }, { protect });
const namespace = app.metadata.name;

for (const [name, args] of Object.entries(clusters)) {
  new PostgresCluster(name, { ...args, mirror, namespace }, { dependsOn });
}

for (const manifest of manifests) {
  new k8s.apiextensions.CustomResource(`${manifest.kind}/${manifest.metadata.name}`, manifest, {
    dependsOn: [...dependsOn, app],
    protect,
  });
}
