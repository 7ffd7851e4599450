import { testCases } from "../support/rules";

/** Other ways to write the 16Gi of the requests. */
const legal = [
  "16Gi",
  "16384Mi",
  "17179869184",
  17179869184,
  "17.179869184e9",
  "0.015625Ti",
  "17179869184000m",
];

/** Of 16Gi as well: half of it is what may be shared. */
const limits = (memory: unknown) => ({ cpu: "4", memory });

testCases("resources", [
  ...legal.map((memory) => ({
    ...{ rule: "cluster-guaranteed", of: "main", path: "spec.resources.limits" },
    ...{ value: limits(memory), says: [] },
  })),
  ...["536870912", "512e6", "0.5Gi"].map((memory) => ({
    ...{ rule: "memory-fits", of: "main", path: "spec" },
    value: {
      resources: { limits: limits(memory) },
      postgresql: { parameters: { shared_buffers: "128MB", max_connections: "20" } },
    },
    says: [],
  })),
  {
    ...{ rule: "memory-fits", of: "main", path: "spec" },
    value: {
      resources: { limits: limits("536870912") },
      postgresql: { parameters: { shared_buffers: "384MB", max_connections: "20" } },
    },
    says: [
      'spec.postgresql.parameters.shared_buffers = "384MB": it is more than half of the memory limit of 512MB, which also has to hold every connection and the page cache, so the instance would be killed. Use 256MB or less, or raise resources.memory.',
    ],
  },
  {
    rule: "cluster-resources",
    of: "main",
    path: "spec.resources",
    says: [
      "spec.resources.requests.cpu = (not set): the pod is scheduled where there may be none left for it. Set it.",
      "spec.resources.requests.memory = (not set): the pod is scheduled where there may be none left for it. Set it.",
      "spec.resources.limits.cpu = (not set): the pod takes what its neighbours need, and is the first to be evicted. Set it.",
      "spec.resources.limits.memory = (not set): the pod takes what its neighbours need, and is the first to be evicted. Set it.",
    ],
  },
  {
    rule: "cluster-guaranteed",
    of: "main",
    path: "spec.resources.requests.memory",
    value: "8Gi",
    says: [
      'spec.resources.requests.memory = "8Gi": the limit is 16Gi, and what is above the request is taken back when the host needs it. Set it to 16Gi.',
    ],
  },
  {
    rule: "memory-fits",
    of: "main",
    path: "spec.postgresql.parameters",
    value: { SHARED_BUFFERS: "64GB", Max_Connections: 5000 },
    says: [
      'spec.postgresql.parameters.SHARED_BUFFERS = "64GB": it is more than half of the memory limit of 16384MB, which also has to hold every connection and the page cache, so the instance would be killed. Use 8192MB or less, or raise resources.memory.',
      'spec.postgresql.parameters.Max_Connections = "5000": each connection needs a process and work_mem, and a memory limit of 16384MB has room for 4053. Put a PostgresPooler in front, which serves thousands of clients with these, or raise resources.memory.',
    ],
  },
  {
    rule: "memory-fits",
    of: "main",
    path: "spec.postgresql.parameters",
    value: { shared_buffers: "65536", work_mem: 4096, maintenance_work_mem: "1048576" },
    says: [],
  },
  {
    rule: "memory-fits",
    of: "main",
    path: "spec.postgresql.parameters.shared_buffers",
    value: "2097152",
    says: [
      'spec.postgresql.parameters.shared_buffers = "2097152": it is more than half of the memory limit of 16384MB, which also has to hold every connection and the page cache, so the instance would be killed. Use 8192MB or less, or raise resources.memory.',
    ],
  },
  {
    rule: "memory-fits",
    of: "main",
    path: "spec.postgresql.parameters.shared_buffers",
    value: "12GB",
    says: [
      'spec.postgresql.parameters.shared_buffers = "12GB": it is more than half of the memory limit of 16384MB, which also has to hold every connection and the page cache, so the instance would be killed. Use 8192MB or less, or raise resources.memory.',
    ],
  },
  {
    rule: "operator-resources",
    of: "operator",
    path: "values.resources.limits",
    says: [
      "values.resources.limits.cpu = (not set): the pod takes what its neighbours need, and is the first to be evicted. Set it.",
      "values.resources.limits.memory = (not set): the pod takes what its neighbours need, and is the first to be evicted. Set it.",
    ],
  },
]);
