import { z } from "zod";
import { maybe, rule } from "./rule";

const PAIRS = [
  {
    leaf: "serverTlsSecret",
    authority: "serverCaSecret",
    reason: "clients and replicas need the authority of the server's certificate to verify it",
  },
  {
    leaf: "replicationTlsSecret",
    authority: "clientCaSecret",
    reason: "the server needs the authority of the replicas' certificate to verify them",
  },
] as const;

export const certificatesComplete = rule({
  name: "certificates-complete",
  why: "A certificate without its authority can be verified by nobody.",
  subject: z.object({
    certificates: maybe(
      z.object({
        serverTlsSecret: z.unknown().optional(),
        serverCaSecret: z.unknown().optional(),
        clientCaSecret: z.unknown().optional(),
        replicationTlsSecret: z.unknown().optional(),
      }),
    ),
  }),
  judge: ({ certificates = {} }) =>
    PAIRS.filter(
      ({ leaf, authority }) =>
        certificates[leaf] !== undefined && certificates[authority] === undefined,
    ).map(({ leaf, authority, reason }) => ({
      path: `certificates.${authority}`,
      value: undefined,
      reason,
      remedy: `Name the Secret with its ca.crt, or remove certificates.${leaf}`,
    })),
});
