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
    rule: "cluster-guaranteed",
    of: "main",
    path: "spec.resources.limits",
    value: limits(memory),
    says: [],
  })),
  ...["536870912", "512e6", "0.5Gi"].map((memory) => ({
    rule: "memory-fits",
    of: "main",
    path: "spec",
    value: {
      resources: { limits: limits(memory) },
      postgresql: { parameters: { shared_buffers: "128MB", max_connections: "20" } },
    },
    says: [],
  })),
  {
    rule: "memory-fits",
    of: "main",
    path: "spec",
    value: {
      resources: { limits: limits("536870912") },
      postgresql: { parameters: { shared_buffers: "384MB", max_connections: "20" } },
    },
    says: [
      'spec.postgresql.parameters.shared_buffers = "384MB": exceeds half of the memory limit of 512MB, which must also hold every connection and the page cache, so the instance would be killed. Use 256MB or less, or raise resources.memory.',
    ],
  },
  {
    rule: "cluster-resources",
    of: "main",
    path: "spec.resources",
    says: [
      "spec.resources.requests.cpu = (not set): the pod may be scheduled on a host with none left. Set it.",
      "spec.resources.requests.memory = (not set): the pod may be scheduled on a host with none left. Set it.",
      "spec.resources.limits.cpu = (not set): the pod may take what other pods need, and is evicted first. Set it.",
      "spec.resources.limits.memory = (not set): the pod may take what other pods need, and is evicted first. Set it.",
    ],
  },
  {
    rule: "cluster-guaranteed",
    of: "main",
    path: "spec.resources.requests.memory",
    value: "8Gi",
    says: [
      'spec.resources.requests.memory = "8Gi": must equal the limit, 16Gi: a host short of it takes back what exceeds the request. Set it to 16Gi.',
    ],
  },
  {
    rule: "memory-fits",
    of: "main",
    path: "spec.postgresql.parameters",
    value: { SHARED_BUFFERS: "64GB", Max_Connections: 5000 },
    says: [
      'spec.postgresql.parameters.SHARED_BUFFERS = "64GB": exceeds half of the memory limit of 16384MB, which must also hold every connection and the page cache, so the instance would be killed. Use 8192MB or less, or raise resources.memory.',
      'spec.postgresql.parameters.Max_Connections = "5000": exceeds 4053, the most for a memory limit of 16384MB: each connection needs a process and work_mem. Add a PostgresPooler, which serves thousands of clients with fewer connections, or raise resources.memory.',
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
      'spec.postgresql.parameters.shared_buffers = "2097152": exceeds half of the memory limit of 16384MB, which must also hold every connection and the page cache, so the instance would be killed. Use 8192MB or less, or raise resources.memory.',
    ],
  },
  {
    rule: "memory-fits",
    of: "main",
    path: "spec.postgresql.parameters.shared_buffers",
    value: "12GB",
    says: [
      'spec.postgresql.parameters.shared_buffers = "12GB": exceeds half of the memory limit of 16384MB, which must also hold every connection and the page cache, so the instance would be killed. Use 8192MB or less, or raise resources.memory.',
    ],
  },
  {
    rule: "operator-resources",
    of: "operator",
    path: "values.resources.limits",
    says: [
      "values.resources.limits.cpu = (not set): the pod may take what other pods need, and is evicted first. Set it.",
      "values.resources.limits.memory = (not set): the pod may take what other pods need, and is evicted first. Set it.",
    ],
  },
]);
