/** A pod with `psql`, and as little as the strictest namespace allows. */
export function clientPod(
  namespace: string,
  { labels = {}, secrets = {} }: { labels?: object; secrets?: Record<string, string> } = {},
) {
  const mounts = Object.entries(secrets).map(([mountPath, secretName], index) => ({
    volume: { name: `secret-${index}`, secret: { secretName, defaultMode: 0o440 } },
    mount: { name: `secret-${index}`, mountPath, readOnly: true },
  }));
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "client", namespace, labels },
    spec: {
      terminationGracePeriodSeconds: 0,
      securityContext: {
        runAsNonRoot: true,
        fsGroup: 26,
        seccompProfile: { type: "RuntimeDefault" },
      },
      volumes: mounts.map(({ volume }) => volume),
      containers: [
        {
          name: "client",
          image: "localhost/ha-postgres/postgresql:17",
          imagePullPolicy: "Never",
          command: ["sleep", "infinity"],
          volumeMounts: mounts.map(({ mount }) => mount),
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ["ALL"] },
          },
        },
      ],
    },
  };
}
