import { z } from "zod";
import { maybe, rule } from "./rule";

export const platformIngress = rule({
  name: "platform-ingress",
  why: "Two ingress controllers both answer for an Ingress that names no class.",
  subject: z.object({
    traefik: maybe(z.looseObject({})),
    ingressNginx: maybe(z.looseObject({})),
  }),
  judge: ({ traefik, ingressNginx }) =>
    traefik && ingressNginx
      ? [
          {
            path: "ingressNginx",
            value: "[wanted]",
            reason: "the platform has traefik already, and both would serve the same Ingresses",
            remedy: "Keep traefik: ingress-nginx is retired and gets no security fixes",
          },
        ]
      : [],
});
