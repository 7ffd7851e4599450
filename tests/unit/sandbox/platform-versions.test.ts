import { mirroredImage } from "../../../components/operators/release/mirror";
import * as versions from "../../../components/operators/versions";
import { imagePrefix, imageReference } from "../../../sandbox/build/image";
import { BARMAN_CHART } from "../../../sandbox/charts/plugin-barman-cloud";
import { PROMETHEUS_CHART } from "../../../sandbox/charts/kube-prometheus-stack";
import { pinnedVersion } from "../../../sandbox/crds/module";
import { CRD_SOURCES } from "../../../sandbox/crds/sources";
import { platformImages } from "../../../sandbox/platform-images";

const mirrored = ({ repository, tag }: { repository: string; tag: string }) =>
  `${mirroredImage(repository, { images: imagePrefix })}:${tag}`;

describe("the sandbox's images of the platform", () => {
  test("are at the components' places in a mirror", () => {
    const { CERT_MANAGER_IMAGES, PROMETHEUS_STACK_IMAGES, BARMAN_CLOUD_IMAGES } = versions;
    const { chaosMesh, ...images } = platformImages;
    expect(Object.values(images).map(imageReference).sort()).toEqual(
      [
        versions.SEALED_SECRETS_IMAGE,
        CERT_MANAGER_IMAGES.controller,
        CERT_MANAGER_IMAGES.webhook,
        CERT_MANAGER_IMAGES.cainjector,
        PROMETHEUS_STACK_IMAGES.operator,
        PROMETHEUS_STACK_IMAGES.configReloader,
        PROMETHEUS_STACK_IMAGES.prometheus,
        BARMAN_CLOUD_IMAGES.plugin,
        BARMAN_CLOUD_IMAGES.sidecar,
      ]
        .map(mirrored)
        .sort(),
    );
    // Another version than the pinned release, which a stack on the sandbox sets.
    const { repository } = versions.CHAOS_MESH_IMAGES.controllerManager;
    const { tag } = chaosMesh;
    expect(imageReference(chaosMesh)).toBe(mirrored({ repository, tag }));
  });
});

describe("the definitions", () => {
  test("are those of the software that the components install", () => {
    const pinned = Object.fromEntries(
      CRD_SOURCES.map((source) => [source.name, pinnedVersion(source)]),
    );
    expect(pinned).toEqual({
      "barman-plugin": versions.BARMAN_CLOUD_IMAGES.plugin.tag,
      "cert-manager": versions.CERT_MANAGER_IMAGES.controller.tag,
      // A commit: Go does not accept upstream's tags.
      "chaos-mesh": expect.stringMatching(/^v0\.9\.1-0\.\d{14}-[0-9a-f]{12}$/) as string,
      "cloudnative-pg": `v${versions.CLOUDNATIVE_PG_IMAGE.tag}`,
      "prometheus-operator": versions.PROMETHEUS_STACK_IMAGES.operator.tag,
      rook: versions.ROOK_CEPH_IMAGES.operator.tag,
      "sealed-secrets": `v${versions.SEALED_SECRETS_IMAGE.tag}`,
    });
  });
});

describe("the sandbox's assembled charts", () => {
  test("are of the versions that the components install", () => {
    const { chart: name, version } = versions.BARMAN_CLOUD_CHART;
    expect(BARMAN_CHART).toEqual({ name, version });
    const stack = versions.PROMETHEUS_STACK_CHART;
    expect(PROMETHEUS_CHART).toEqual({ name: stack.chart, version: stack.version });
  });
});
