import { connect } from "node:net";

/**
 * What a connection to an instance shows:
 * - `answers`: PostgreSQL answers the first packet of its protocol;
 * - `refuses`: the host is there and says that nothing listens. The operator sees that as well, and acts on it;
 * - `hangs`: the connection is accepted, by the kernel, and PostgreSQL says nothing;
 * - `gone`: nothing comes back at all.
 */
export type Sight = "answers" | "refuses" | "hangs" | "gone";

/**
 * The request for GSSAPI encryption: the length of the packet, and the code. Every PostgreSQL since 12 answers it with
 * one byte, before any login, and logs nothing when the client leaves after that. A request for TLS would be logged as a
 * handshake that failed.
 *
 * @see https://www.postgresql.org/docs/18/protocol-flow.html#PROTOCOL-FLOW-GSSAPI
 */
const REQUEST = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x30]);

/** Looks at an instance once. It takes at most `timeoutMs`. */
export function probe(host: string, port: number, timeoutMs: number): Promise<Sight> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    let accepted = false;
    const end = (sight: Sight) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(sight);
    };
    const timer = setTimeout(() => {
      end(accepted ? "hangs" : "gone");
    }, timeoutMs);
    socket.on("connect", () => {
      accepted = true;
      socket.write(REQUEST);
    });
    socket.on("data", () => {
      end("answers");
    });
    socket.on("error", ({ code }: NodeJS.ErrnoException) => {
      // Of a connection that was accepted it means that PostgreSQL ended it, which it can only do while it runs.
      const isThere = accepted || code === "ECONNREFUSED" || code === "ECONNRESET";
      end(isThere ? "refuses" : "gone");
    });
    socket.on("close", () => {
      end(accepted ? "refuses" : "gone");
    });
  });
}
