/** A PostgreSQL that nobody manages, as one that databases are moved away from. */
import { eventually } from "../support/commands";
import { apply, direct, directOk } from "../support/direct";

const image = "localhost/ha-postgres/postgresql:17";
const data = "/tmp/data";

/** Starts it by the command line of PostgreSQL alone, with a certificate of its own. */
const start = (host: string) =>
  `
set -e
initdb --pgdata=${data} --username=postgres --locale=C.UTF-8 --auth-local=trust --no-sync > /dev/null
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=${host}" -addext "subjectAltName=DNS:${host}" \\
  -keyout ${data}/server.key -out ${data}/server.crt 2> /dev/null
chmod 600 ${data}/server.key
cat > ${data}/pg_hba.conf << 'HBA'
local all all trust
hostssl all all all scram-sha-256
hostssl replication all all scram-sha-256
HBA
exec postgres -D ${data} -c listen_addresses='*' -c unix_socket_directories=/tmp -c ssl=on -c fsync=off -c wal_level=logical
`.trim();

export class OldServer {
  readonly host: string;

  constructor(
    private readonly name: string,
    private readonly namespace: string,
  ) {
    this.host = `${name}.${namespace}.svc`;
  }

  /** Returns its certificate once it serves. */
  async start(): Promise<string> {
    const { name, namespace } = this;
    const labels = { app: name };
    await apply(
      {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name, namespace },
        spec: { selector: labels, ports: [{ port: 5432 }] },
      },
      {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name, namespace, labels },
        spec: {
          terminationGracePeriodSeconds: 0,
          securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
          containers: [
            {
              name: "postgres",
              image,
              imagePullPolicy: "Never",
              command: ["bash", "-c", start(this.host)],
              securityContext: {
                allowPrivilegeEscalation: false,
                capabilities: { drop: ["ALL"] },
              },
            },
          ],
        },
      },
    );
    await eventually(
      () => direct(...this.psql("postgres"), "-c", "SELECT 1"),
      ({ code }) => code === 0,
      60_000,
    );
    return directOk("exec", name, `--namespace=${namespace}`, "--", "cat", `${data}/server.crt`);
  }

  /** SQL as its superuser, statement by statement. */
  async run(database: string, ...statements: string[]): Promise<string> {
    return directOk(...this.psql(database), ...statements.flatMap((sql) => ["-c", sql]));
  }

  async remove(): Promise<void> {
    await directOk(
      "delete",
      `pod/${this.name}`,
      `service/${this.name}`,
      `--namespace=${this.namespace}`,
    );
  }

  private psql(database: string): string[] {
    const inPod = ["exec", this.name, `--namespace=${this.namespace}`, "--"];
    const options = ["--host=/tmp", "--username=postgres", "--quiet", "-v", "ON_ERROR_STOP=1"];
    return [...inPod, "psql", "--no-psqlrc", "-tA", ...options, `--dbname=${database}`];
  }
}
