import type { Violation } from "../components/rules/violation";
import type { Part } from "./part";
import { at } from "./rule";

const EVERYWHERE = ["0.0.0.0/0", "::/0"];

/** What lets the whole world reach a Service, from its `spec`. */
export function* exposed(spec: Part): Generator<Violation> {
  const type = spec.at("type");
  if (type.text === "NodePort") {
    yield at(
      type,
      "every host of the Kubernetes opens a port to everybody who reaches it",
      "Use ClusterIP, or LoadBalancer with loadBalancerSourceRanges",
    );
  }
  if (type.text !== "LoadBalancer") return;
  const ranges = spec.at("loadBalancerSourceRanges");
  const addresses = ranges.items.map((range) => range.text ?? "");
  if (addresses.length > 0 && !addresses.some((range) => EVERYWHERE.includes(range))) return;
  yield at(
    ranges,
    "everybody who reaches the load balancer may try to log in",
    "Set it to the addresses of your clients",
  );
}
