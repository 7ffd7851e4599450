import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { probe } from "../../../../../../components/postgres/watch/program/probe";

const servers: Server[] = [];

/** A server on loopback that does this with each connection. */
async function serving(answer: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    answer(socket);
  }).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

afterEach(() => {
  servers.splice(0).forEach((server) => server.close());
});

describe("what a probe sees", () => {
  test("an answer to the request for GSSAPI encryption, which PostgreSQL gives before any login", async () => {
    const received: Buffer[] = [];
    const port = await serving((socket) => {
      socket.on("data", (data: Buffer) => {
        received.push(data);
        socket.write("N");
      });
    });
    expect(await probe("127.0.0.1", port, 1000)).toBe("answers");
    // 80877104, the code that the protocol gives it.
    expect(Buffer.concat(received)).toEqual(Buffer.from([0, 0, 0, 8, 4, 210, 22, 48]));
    expect(Buffer.concat(received).readInt32BE(4)).toBe(80_877_104);
  });

  test("nothing, of a process that accepts and says nothing: it hangs", async () => {
    const port = await serving(() => undefined);
    const started = performance.now();
    expect(await probe("127.0.0.1", port, 300)).toBe("hangs");
    expect(performance.now() - started).toBeGreaterThanOrEqual(290);
  });

  test("a connection that is closed at once, which takes a process that runs", async () => {
    const port = await serving((socket) => {
      socket.destroy();
    });
    expect(await probe("127.0.0.1", port, 1000)).toBe("refuses");
  });

  test("a port that nobody listens on", async () => {
    const port = await serving(() => undefined);
    await new Promise((resolve) => servers.pop()?.close(resolve));
    expect(await probe("127.0.0.1", port, 1000)).toBe("refuses");
  });
});
