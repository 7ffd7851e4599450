import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import { CLOUDNATIVE_PG_CHART, CLOUDNATIVE_PG_IMAGE } from "../../../components/operators/versions";
import {
  chartFiles,
  CHART_VALUES,
  cloudNativePgChart,
} from "../../../sandbox/charts/cloudnative-pg";

/** The kinds of the operator's release manifest, with the places that the chart changes, and little else. */
const MANIFEST = `apiVersion: v1
kind: Namespace
metadata:
  name: cnpg-system
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: clusters.postgresql.cnpg.io
  annotations:
    controller-gen.kubebuilder.io/version: v0.21.0
spec:
  description: as in {{ .Values.image }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: cnpg-manager-rolebinding
subjects:
- kind: ServiceAccount
  name: cnpg-manager
  namespace: cnpg-system
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: cnpg-controller-manager
  namespace: cnpg-system
spec:
  replicas: 1
  template:
    metadata:
      labels:
        app.kubernetes.io/name: cloudnative-pg
    spec:
      containers:
      - args:
        - controller
        - --leader-elect
        - --max-concurrent-reconciles=10
        - --config-map-name=cnpg-controller-manager-config
        - --secret-name=cnpg-controller-manager-config
        env:
        - name: OPERATOR_IMAGE_NAME
          value: ghcr.io/cloudnative-pg/cloudnative-pg:1.30.1
        image: ghcr.io/cloudnative-pg/cloudnative-pg:1.30.1
        imagePullPolicy: Always
        name: manager
        resources:
          limits:
            cpu: 100m
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata:
  name: cnpg-validating-webhook-configuration
webhooks:
- clientConfig:
    service:
      name: cnpg-webhook-service
      namespace: cnpg-system
`;

const files = chartFiles(MANIFEST);
const image =
  '{{ printf "%s:%s" .Values.image.repository (.Values.image.tag | default .Chart.AppVersion) }}';

/** A template's objects, its expressions as quoted text. */
const objects = (path: string) =>
  parseAllDocuments((files[path] ?? "").replaceAll(/: (\{\{.*\}\})$/gm, ": '$1'")).map(
    (document) => document.toJS() as Record<string, unknown>,
  );

describe("the sandbox's operator chart", () => {
  test("is of the version that the component installs", () => {
    expect(parse(files["Chart.yaml"] ?? "")).toMatchObject({
      name: CLOUDNATIVE_PG_CHART.chart,
      version: CLOUDNATIVE_PG_CHART.version,
      appVersion: CLOUDNATIVE_PG_IMAGE.tag,
    });
    expect(CHART_VALUES.image.repository).toBe(CLOUDNATIVE_PG_IMAGE.repository);
  });

  test("leaves the namespace to the release", () => {
    expect(objects("templates/operator.yaml").map(({ kind }) => kind)).toEqual([
      "ClusterRoleBinding",
      "Deployment",
      "ValidatingWebhookConfiguration",
    ]);
    const [binding, deployment, webhooks] = objects("templates/operator.yaml");
    const namespace = "{{ .Release.Namespace }}";
    expect(binding).toMatchObject({ subjects: [{ name: "cnpg-manager", namespace }] });
    expect(deployment).toMatchObject({ metadata: { namespace } });
    expect(webhooks).toMatchObject({ webhooks: [{ clientConfig: { service: { namespace } } }] });
    expect(JSON.stringify(files)).not.toContain("cnpg-system");
  });

  test("deploys the operator according to the values", () => {
    expect(objects("templates/operator.yaml")[1]).toMatchObject({
      spec: {
        replicas: "{{ .Values.replicaCount }}",
        template: {
          metadata: {
            annotations: { "checksum/config": "{{ toJson .Values.config | sha256sum }}" },
          },
          spec: {
            containers: [
              {
                args: [
                  "controller",
                  "--leader-elect",
                  "--max-concurrent-reconciles={{ .Values.config.maxConcurrentReconciles }}",
                  "--config-map-name={{ .Values.config.name }}",
                ],
                env: [{ name: "OPERATOR_IMAGE_NAME", value: image }],
                image,
                imagePullPolicy: "{{ .Values.image.pullPolicy }}",
                resources: "{{ toJson .Values.resources }}",
              },
            ],
            priorityClassName: "{{ .Values.priorityClassName | quote }}",
            topologySpreadConstraints: "{{ toJson .Values.topologySpreadConstraints }}",
          },
        },
      },
    });
  });

  test("keeps the definitions when it is uninstalled, and escapes templates in them", () => {
    expect(files["templates/crds.yaml"]).toContain('as in {{ "{{" }} .Values.image }}');
    expect(files["templates/crds.yaml"]).toContain("helm.sh/resource-policy: keep");
  });

  test("refuses a manifest with an unknown Deployment", () => {
    const two = MANIFEST.replace(
      "        name: manager\n",
      "        name: manager\n      - name: other\n",
    );
    expect(() => chartFiles(two)).toThrow("does not have exactly one container");
  });
});

describe("its archive", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "operator-chart-"));
    await mkdir(join(folder, "module/releases"), { recursive: true });
    await writeFile(join(folder, "module/releases/cnpg-1.30.1.yaml"), MANIFEST);
  });
  afterEach(() => rm(folder, { recursive: true }));

  test("has the same bytes each time", async () => {
    const digests = ["one", "two"].map(async (name) => {
      const archive = await cloudNativePgChart(join(folder, "module"), join(folder, name));
      expect(archive).toBe(join(folder, name, "cloudnative-pg-0.29.1.tgz"));
      return createHash("sha256")
        .update(await readFile(archive))
        .digest("hex");
    });
    expect(new Set(await Promise.all(digests)).size).toBe(1);
  });
});
