/** Sizes in which a whole platform fits beside a cluster of three. */
export const podSize = { cpu: "50m", memory: "128Mi" };

export const operatorSize = { replicas: 1, resources: { cpu: "200m", memory: "256Mi" } };

export const prometheusSize = {
  resources: podSize,
  prometheus: {
    replicas: 1,
    storage: { size: "1Gi" },
    resources: { cpu: "100m", memory: "512Mi" },
  },
};

export const databaseSize = {
  storage: { size: "1Gi" },
  walStorage: { size: "1Gi" },
  resources: { cpu: "250m", memory: "512Mi" },
};
