import { z } from "zod";
import { maybe, rule } from "./rule";

export const ingressNginxRetired = rule({
  name: "ingress-nginx-retired",
  why: "Nobody mends this controller any more, which whoever installs it has to know.",
  subject: z.object({ acknowledgeRetired: maybe(z.boolean()) }),
  judge: ({ acknowledgeRetired }) =>
    acknowledgeRetired === true
      ? []
      : [
          {
            path: "acknowledgeRetired",
            value: acknowledgeRetired,
            reason:
              "ingress-nginx was retired in March 2026: what is found in it from then on stays open to everybody who " +
              "reaches it",
            remedy: "Use Traefik, or set it to true if you take that risk until you have moved",
          },
        ],
});
