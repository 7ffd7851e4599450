import { rule } from "../../../contract/rule";
import { ImportSslMode, type ImportServerArgs } from "../args";

const { Disable, Prefer, Require, VerifyCa, VerifyFull } = ImportSslMode;

export interface ImportLogin {
  clusterName: string;
  server: ImportServerArgs & { sslMode: ImportSslMode };
}

export const serverLogin = rule({
  name: "server-login",
  why: "The import logs in to another server, by a password or a certificate, over the network.",
  *check({ clusterName, server }: ImportLogin, isMalformed) {
    const { host, passwordSecret, tlsSecret, caSecret, sslMode } = server;
    if (isMalformed("server")) return;
    if (passwordSecret === undefined && tlsSecret === undefined) {
      yield {
        path: "server.passwordSecret",
        value: undefined,
        reason: "must be set, or server.tlsSecret: nobody logs in over the network without either",
        remedy: "Name the Secret with the password of server.user, or with its certificate",
      };
    }
    if (typeof host === "string" && /^(localhost|127\..*|::1)$/i.test(host)) {
      yield {
        path: "server.host",
        value: host,
        reason: "is the pod itself that imports, and nothing runs there",
        remedy: "Use the name or the address by which pods reach the server",
      };
    }
    if (typeof host === "string" && /^[^.]+-(rw|ro|r)(\.|$)/.test(host)) {
      const [service = ""] = host.split(".");
      if (service.replace(/-(rw|ro|r)$/, "") === clusterName && !host.includes(".")) {
        yield {
          path: "server.host",
          value: host,
          reason: "is this cluster itself, which does not exist yet",
          remedy: "Use the server that the data come from",
        };
      }
    }
    const verifies = sslMode === VerifyCa || sslMode === VerifyFull;
    if (verifies && caSecret === undefined) {
      yield {
        path: "server.sslMode",
        value: sslMode,
        reason: "needs the authority to verify the server by, which server.caSecret names",
        remedy: `Set server.caSecret, or use ${Require}, which verifies nothing`,
      };
    }
    if (!verifies && caSecret !== undefined && sslMode !== Require) {
      yield {
        path: "server.caSecret",
        value: "[not shown]",
        reason: `has no effect with sslMode ${sslMode}, which verifies nothing`,
        remedy: `Remove it, or use ${VerifyFull}`,
      };
    }
    if (tlsSecret !== undefined && (sslMode === Disable || sslMode === Prefer)) {
      yield {
        path: "server.sslMode",
        value: sslMode,
        reason: "does not guarantee TLS, without which server.tlsSecret is not presented",
        remedy: `Use ${Require} or more`,
      };
    }
  },
});
