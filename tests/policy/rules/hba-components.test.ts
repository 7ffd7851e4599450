/** The pack accepts the lines of pg_hba.conf that a component accepts, in the Cluster that the component creates. */
import fc from "fast-check";
import { hbaTlsOnly } from "../../../components/postgres/cluster/rules/access/hba-tls-only";
import { rules } from "../../../policy/rules";
import { check } from "../support/pack";

const hbaEncrypted = rules.filter(({ name }) => name === "hba-encrypted");

const words = (...texts: string[]) => fc.constantFrom(...texts);
const line = fc
  .tuple(
    words("local", "host", "hostssl", "hostnossl", "hostgssenc", "hostnogssenc", "HOSTSSL", "#"),
    words("all", "app", '"all"', "replication", "a,b", "sameuser", "+g"),
    words("all", "app", "replication", '"a b"', "+g"),
    words("", "all", "samenet", "10.0.0.0/8", "10.0.0.0 255.0.0.0", "::/0", "10.0.0.0/99", "a.b"),
    words("scram-sha-256", "cert", "reject", "trust", "md5", "peer", "ldap", "password"),
    words("", "map=a", "clientcert=verify-full", "ldaptls=1 ldapprefix=a", "ldapbindpasswd=a"),
  )
  .map((fields) => fields.join(" "));

test("lines that a component accepts allow no client without TLS", () => {
  let accepted = 0;
  fc.assert(
    fc.property(fc.array(line, { maxLength: 3 }), (pgHba) => {
      if (hbaTlsOnly.check({ pgHba }).length > 0) return;
      accepted++;
      const pg_hba = [
        "hostnossl all all all reject",
        ...pgHba,
        "hostssl all all all scram-sha-256",
      ];
      const object = { spec: { postgresql: { pg_hba } } };
      const type = "kubernetes:postgresql.cnpg.io/v1:Cluster";
      expect(check(hbaEncrypted, [{ type, name: "main", object }])).toEqual([]);
    }),
    { numRuns: 3000 },
  );
  expect(accepted).toBeGreaterThan(100);
});
