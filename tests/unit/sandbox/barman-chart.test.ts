import { parse, parseAllDocuments } from "yaml";
import { BARMAN_CLOUD_IMAGES } from "../../../components/operators/versions";
import { BARMAN_CHART_VALUES, barmanChartFiles } from "../../../sandbox/charts/plugin-barman-cloud";

/** The kinds of the plugin's manifest that the chart changes, and little else. */
const MANIFEST = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: objectstores.barmancloud.cnpg.io
spec:
  group: barmancloud.cnpg.io
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: plugin-barman-cloud-binding
subjects:
- kind: ServiceAccount
  name: plugin-barman-cloud
  namespace: cnpg-system
---
apiVersion: v1
kind: Secret
metadata:
  name: plugin-barman-cloud-8tfddg42gf
  namespace: cnpg-system
data:
  SIDECAR_IMAGE: bWFpbg==
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: barman-cloud
  namespace: cnpg-system
spec:
  replicas: 1
  template:
    metadata:
      labels:
        app: barman-cloud
    spec:
      containers:
      - args:
        - operator
        image: ghcr.io/cloudnative-pg/plugin-barman-cloud-testing:main
        name: barman-cloud
        resources: {}
      serviceAccountName: plugin-barman-cloud
---
apiVersion: cert-manager.io/v1
kind: Issuer
metadata:
  name: selfsigned-issuer
  namespace: cnpg-system
spec:
  selfSigned: {}
`;

const files = barmanChartFiles(MANIFEST);

/** A template's objects, its expressions as quoted text. */
const objects = (path: string) =>
  parseAllDocuments((files[path] ?? "").replaceAll(/: (\{\{.*\}\})$/gm, ": '$1'")).map(
    (document) => document.toJS() as Record<string, unknown>,
  );

describe("the sandbox's chart of the Barman Cloud plugin", () => {
  test("is of the plugin that the component installs", () => {
    expect(parse(files["Chart.yaml"] ?? "")).toMatchObject({
      name: "plugin-barman-cloud",
      appVersion: BARMAN_CLOUD_IMAGES.plugin.tag,
    });
    const { image, sidecarImage } = BARMAN_CHART_VALUES;
    expect([image, sidecarImage].map((part) => `${part.registry}/${part.repository}`)).toEqual([
      BARMAN_CLOUD_IMAGES.plugin.repository,
      BARMAN_CLOUD_IMAGES.sidecar.repository,
    ]);
  });

  test("installs its definition on request, and keeps it when it is uninstalled", () => {
    const definitions = files["templates/crds.yaml"] ?? "";
    expect(definitions).toMatch(/^\{\{- if \.Values\.crds\.create \}\}\napiVersion: /);
    expect(definitions).toContain("helm.sh/resource-policy: keep");
    expect(definitions).toMatch(/\n\{\{- end \}\}\n$/);
  });

  test("leaves the namespace to the release", () => {
    const namespace = "{{ .Release.Namespace }}";
    const [binding, secret, deployment, issuer] = objects("templates/plugin.yaml");
    expect(binding).toMatchObject({ subjects: [{ namespace }] });
    for (const object of [secret, deployment, issuer]) {
      expect(object).toMatchObject({ metadata: { namespace } });
    }
    expect(JSON.stringify(files)).not.toContain("cnpg-system");
  });

  test("deploys the plugin and its sidecar according to the values", () => {
    const reference = (values: string) =>
      `printf "%s/%s:%s" ${values}.registry ${values}.repository (${values}.tag | default .Chart.AppVersion)`;
    const [, secret, deployment] = objects("templates/plugin.yaml");
    expect(secret).toMatchObject({
      data: { SIDECAR_IMAGE: `{{ ${reference(".Values.sidecarImage")} | b64enc | quote }}` },
    });
    expect(deployment).toMatchObject({
      spec: {
        replicas: "{{ .Values.replicaCount }}",
        template: {
          metadata: {
            labels: { app: "barman-cloud" },
            annotations: { "checksum/sidecar": "{{ toJson .Values.sidecarImage | sha256sum }}" },
          },
          spec: {
            containers: [
              {
                args: ["operator"],
                image: `{{ ${reference(".Values.image")} }}`,
                imagePullPolicy: "{{ .Values.image.pullPolicy }}",
                name: "barman-cloud",
                resources: "{{ toJson .Values.resources }}",
              },
            ],
            priorityClassName: "{{ .Values.priorityClassName | quote }}",
            serviceAccountName: "plugin-barman-cloud",
          },
        },
      },
    });
  });
});
