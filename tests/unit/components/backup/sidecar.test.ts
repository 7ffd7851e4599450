import { sidecarValues } from "../../../../components/backup/values";

test.each<[Parameters<typeof sidecarValues>[0], string]>([
  // Its programs load within a second.
  [undefined, "2"],
  [{ cpu: "300m", memory: "512Mi" }, "2"],
  [{ cpu: "2", memory: "512Mi" }, "2"],
  // Never below the request.
  [{ cpu: "2500m", memory: "512Mi" }, "2500m"],
  [{ cpu: "500m", memory: "512Mi", cpuLimit: "500m" }, "500m"],
  [{ cpu: "500m", memory: "512Mi", cpuLimit: "8" }, "8"],
])("a sidecar with %j may use %s cores while they are free", (given, limit) => {
  expect(sidecarValues(given).cpuLimit).toBe(limit);
});
