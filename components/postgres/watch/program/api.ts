import { readFile } from "node:fs/promises";
import { Agent, request } from "node:https";
import { join } from "node:path";

/** Where Kubernetes puts what a pod needs to talk to the API server. */
const ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";

/** Longer than any answer to these small questions, and shorter than what a decision may wait for. */
const TIMEOUT_MS = 2000;

export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The API server, as this pod's ServiceAccount may use it. */
export class Api {
  private readonly account: string;
  private readonly agent = new Agent({ keepAlive: true });
  private ca: Promise<string> | undefined;
  private answeredAt = -Infinity;

  constructor(account = ACCOUNT) {
    this.account = account;
  }

  /** Milliseconds since it last answered. */
  get silentForMs(): number {
    return performance.now() - this.answeredAt;
  }

  /** @throws ApiError if it refuses, Error if it does not answer. */
  get<T>(path: string): Promise<T> {
    return this.call<T>("GET", path);
  }

  /** @throws ApiError if it refuses, Error if it does not answer. */
  create<T>(path: string, object: object): Promise<T> {
    return this.call<T>("POST", path, object);
  }

  /** @throws ApiError 409 if the object has changed since it was read. */
  replace<T>(path: string, object: object): Promise<T> {
    return this.call<T>("PUT", path, object);
  }

  /** Deletes an object, unless another one has its name meanwhile. @throws ApiError if it refuses. */
  delete(path: string, uid: string, gracePeriodSeconds?: number): Promise<unknown> {
    return this.call("DELETE", path, {
      apiVersion: "v1",
      kind: "DeleteOptions",
      preconditions: { uid },
      ...(gracePeriodSeconds !== undefined && { gracePeriodSeconds }),
    });
  }

  private async call<T>(method: string, path: string, body?: object): Promise<T> {
    this.ca ??= readFile(join(this.account, "ca.crt"), "utf8");
    const ca = await this.ca;
    // Kubernetes renews it in this file.
    const token = (await readFile(join(this.account, "token"), "utf8")).trim();
    const text = await this.send(method, path, { ca, token, body });
    return JSON.parse(text) as T;
  }

  private send(
    method: string,
    path: string,
    { ca, token, body }: { ca: string; token: string; body: object | undefined },
  ): Promise<string> {
    const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = process.env;
    const sent = body === undefined ? "" : JSON.stringify(body);
    const headers = {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      // Node.js frames the body of a DELETE only by this; without it the server takes the body for the next request.
      "content-length": Buffer.byteLength(sent),
    };
    return new Promise((resolve, reject) => {
      const call = request(
        {
          ...{ host, port, method, path, headers, ca, agent: this.agent },
          signal: AbortSignal.timeout(TIMEOUT_MS),
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("error", reject);
          response.on("end", () => {
            this.answeredAt = performance.now();
            const text = Buffer.concat(chunks).toString("utf8");
            const status = response.statusCode ?? 0;
            if (status < 300) resolve(text);
            else
              reject(new ApiError(status, `${method} ${path}: ${String(status)} ${text.trim()}`));
          });
        },
      );
      call.on("error", reject);
      call.end(sent);
    });
  }
}
