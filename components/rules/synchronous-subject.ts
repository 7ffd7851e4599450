import { z } from "zod";
import { maybe } from "./rule";

/** What the rules of synchronous replication read. What is not set has the component's defaults by then. */
export const synchronousSubject = z.object({
  instances: maybe(z.int()),
  synchronous: maybe(
    z.object({
      method: maybe(z.string()),
      number: maybe(z.int()),
      dataDurability: maybe(z.string()),
      failoverQuorum: maybe(z.boolean()),
    }),
  ),
});
