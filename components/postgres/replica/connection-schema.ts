import { z } from "zod";
import { input, refusal, type Fields } from "../../contract/schema";
import { objectName } from "../../formats/names";
import type { ReplicaConnectionArgs } from "./args";

/** The schema of the connection by which a cluster streams from another one. */
export const connectionSchema = z.strictObject({
  host: input(
    z.string().refine(
      (text) => /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/.test(text),
      refusal({
        reason: "is not a valid host name",
        remedy: "Use hostRw of the source, or another name that its certificate contains",
      }),
    ),
  ),
  serverCaSecret: input(objectName),
  replicationTlsSecret: input(objectName),
  port: z.int().min(1).max(65_535).optional(),
} satisfies Fields<ReplicaConnectionArgs>);
