import fc from "fast-check";
import {
  parseHbaLine,
  type HbaRecord,
} from "../../../../../components/postgres/cluster/rules/access/pg-hba-line";
import { plainLogins } from "../../../../../components/postgres/cluster/rules/access/pg-hba-plain";

function recordOf(line: string): HbaRecord {
  const read = parseHbaLine(line);
  if (!read || !("record" in read)) throw new Error(`${line} is not a record`);
  return read.record;
}

function problemOf(line: string): string | undefined {
  const read = parseHbaLine(line);
  return read && "problem" in read ? read.problem : undefined;
}

describe("a line of pg_hba.conf", () => {
  test("has lists of databases and users, and names in quotes", () => {
    const { databases, users, address, options } = recordOf(
      'hostssl "all", a,"b ""c""" x,+g 10.0.0.0 255.0.0.0 cert map="a b" clientcert=verify-full # x',
    );
    expect(databases).toEqual([
      { text: "all", quoted: true },
      { text: "a", quoted: false },
      { text: 'b "c"', quoted: true },
    ]);
    expect(users.map(({ text }) => text)).toEqual(["x", "+g"]);
    expect(address).toEqual({
      text: "10.0.0.0 255.0.0.0",
      ranges: [{ family: 4, first: 0x0a000000n, last: 0x0affffffn }],
    });
    expect([...options]).toEqual([
      ["map", "a b"],
      ["clientcert", "verify-full"],
    ]);
  });

  test.each(["", "  ", "# hostssl all all all trust", "\t#"])("may be empty: %j", (line) => {
    expect(parseHbaLine(line)).toBeUndefined();
  });

  test.each([
    [
      "hostssl all all all scram-sha-256 \\",
      "ends with a backslash, by which PostgreSQL joins the next line to it",
    ],
    ["# a comment \\", "ends with a backslash, by which PostgreSQL joins the next line to it"],
    [
      "HOSTSSL all all all scram-sha-256",
      "begins with `HOSTSSL`, which is not a type of connection",
    ],
    [
      "host,hostssl all all all scram-sha-256",
      "begins with `host,hostssl`, which is not a type of connection",
    ],
    [
      "hostssl all all all SCRAM-SHA-256",
      "is not a valid line of pg_hba.conf: `SCRAM-SHA-256` is not a method of it",
    ],
    ["hostssl all all scram-sha-256", "is not a complete line of pg_hba.conf"],
    ["hostssl all", "is not a complete line of pg_hba.conf"],
    ["hostssl all all", "is not a complete line of pg_hba.conf"],
    ["hostssl all all all", "is not a complete line of pg_hba.conf"],
    ["hostssl all all 10.0.0.0/33 scram-sha-256", "`10.0.0.0/33` is not a valid network"],
    ["hostssl all all 10.0.0/8 scram-sha-256", "`10.0.0/8` is not a valid network"],
    ["hostssl all all ::/129 scram-sha-256", "`::/129` is not a valid network"],
    ["hostssl all all example.com/8 scram-sha-256", "`example.com/8` is not a valid network"],
    [
      "hostssl all all 10.0.0.300 scram-sha-256",
      "`10.0.0.300` is neither an address nor a host name",
    ],
    ["hostssl all all 10.0.0.0 scram-sha-256", "has no mask after the address `10.0.0.0`"],
    ["hostssl all all 10.0.0.0 ffff:: scram-sha-256", "has no mask after the address `10.0.0.0`"],
    ["hostssl all all 10.0.0.0/8,11.0.0.0/8 scram-sha-256", "has more than one address"],
    ["hostssl all all all peer", "`peer` is only a method of `local` lines"],
    ["local all all cert", "`cert` is only a method of `hostssl` lines"],
    ["host all all all cert", "`cert` is only a method of `hostssl` lines"],
    ["local all all gss", "`gss` is not a method of `local` lines"],
    [
      "hostssl all all all scram-sha-256 scram-sha-256",
      "has something else than options, name=value, after the method",
    ],
    ["hostssl all all all scram-sha-256 hostssl=1", "has an option that pg_hba.conf does not know"],
    [
      "hostssl all all all scram-sha-256 map=a",
      "`map` is not an option of the method `scram-sha-256`",
    ],
    [
      "hostssl all all all scram-sha-256 ldaptls=1",
      "`ldaptls` is not an option of the method `scram-sha-256`",
    ],
    [
      "host all all all scram-sha-256 clientcert=verify-full",
      "`clientcert` is only an option of `hostssl` lines",
    ],
    [
      "hostssl all all all scram-sha-256 clientcert=1",
      "`clientcert` is not verify-ca or verify-full",
    ],
    [
      "hostssl all all all ldap ldapserver=a",
      "`ldap` needs ldapbasedn, ldapprefix, ldapsuffix or ldapurl",
    ],
    [
      "hostssl all all all radius radiusservers=a",
      "`radius` needs radiusservers and radiussecrets",
    ],
    ["hostssl all all all oauth issuer=https://a", "`oauth` needs issuer and scope"],
    [
      "hostssl @databases all all scram-sha-256",
      "names a file of the server, which cannot be validated",
    ],
    ["include other.conf", "begins with `include`, which is not a type of connection"],
    ["hostssl all all all reject\nhost all all all trust", "is more than one line"],
  ])("is reported when PostgreSQL cannot load it: %j", (line, problem) => {
    expect(problemOf(line)).toBe(problem);
  });

  test("can be anything", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        parseHbaLine(text);
        parseHbaLine(`hostssl ${text}`);
      }),
    );
  });
});

describe("plain logins are allowed", () => {
  test.each<[string[], number[]]>([
    [["host all all all scram-sha-256"], [0]],
    [["hostnossl all all all reject", "host all all all scram-sha-256"], []],
    [["hostnossl all all all reject", "host replication all all scram-sha-256"], [1]],
    [["hostnossl all,replication all all reject", "host replication,a all all scram-sha-256"], []],
    [['hostnossl all,"replication" all all reject', "host replication a all scram-sha-256"], [1]],
    [['hostnossl "all" all all reject', "host all all all scram-sha-256"], [1]],
    [['hostnossl all "all" all reject', "host all all all scram-sha-256"], [1]],
    [["hostnossl all all 0.0.0.0/0 reject", "host all all ::/0 scram-sha-256"], [1]],
    [["hostnossl all all 0.0.0.0/0 reject", "host all all all scram-sha-256"], [1]],
    [
      [
        "host all all 0.0.0.0/1 reject",
        "host all all 128.0.0.0 128.0.0.0 reject",
        "hostnossl all all ::/0 reject",
        "host all all all scram-sha-256",
      ],
      [],
    ],
    [["hostssl all all all reject", "host all all all scram-sha-256"], [1]],
    [["hostgssenc all all all reject", "host all all all scram-sha-256"], [1]],
    [["hostnogssenc all all all reject", "hostnossl all all all scram-sha-256"], []],
    [["local all all reject", "host all all all scram-sha-256"], [1]],
    [["host all all samenet reject", "host all all 10.0.0.0/8 scram-sha-256"], [1]],
    [["host all all samenet reject", "host all all samenet scram-sha-256"], []],
    [["host all +g all reject", "host all x all scram-sha-256"], [1]],
    [["host all +g all reject", "host all +g all scram-sha-256"], []],
    [["host all all all reject", "host sameuser all ${podselector:a} scram-sha-256"], []],
    [["host all all 10.0.0.0/8 reject", "host all all ${podselector:a} scram-sha-256"], [1]],
    [["hostgssenc all all all gss", "hostssl all all all scram-sha-256", "local all all peer"], []],
  ])("%j: %j", (lines, indices) => {
    expect(plainLogins(lines.map(recordOf))).toEqual(indices);
  });

  test("exactly if a client without encryption reaches the line", () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), (lines) => {
        const expected = lines.flatMap((one, index) => {
          if (one.method === "reject") return [];
          const before = lines.slice(0, index).filter(({ method }) => method === "reject");
          return CLIENTS.some(
            (client) => matches(one, client) && !before.some((earlier) => matches(earlier, client)),
          )
            ? [index]
            : [];
        });
        expect(plainLogins(lines.map((one) => recordOf(written(one))))).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });
});

/** A line whose words mean the same for the rule and for this test. */
interface Line {
  type: string;
  databases: string[];
  users: string[];
  address: keyof typeof ADDRESSES;
  method: string;
}

/** Networks, by the addresses below that are in them. */
const ADDRESSES = {
  all: ["0.0.0.1", "10.0.0.1", "200.0.0.1", "::1", "fd00::1", "ffff::1"],
  "0.0.0.0/0": ["0.0.0.1", "10.0.0.1", "200.0.0.1"],
  "0.0.0.0/1": ["0.0.0.1", "10.0.0.1"],
  "128.0.0.0/1": ["200.0.0.1"],
  "10.0.0.0/8": ["10.0.0.1"],
  "10.0.0.1/32": ["10.0.0.1"],
  "::/0": ["::1", "fd00::1", "ffff::1"],
  "::/1": ["::1"],
  "8000::/1": ["fd00::1", "ffff::1"],
  "fd00::/8": ["fd00::1"],
} as const;

const line: fc.Arbitrary<Line> = fc.record({
  type: fc.constantFrom("host", "hostnossl", "hostssl", "hostgssenc", "hostnogssenc"),
  databases: fc.array(fc.constantFrom("all", "replication", '"all"', "a"), {
    minLength: 1,
    maxLength: 2,
  }),
  users: fc.array(fc.constantFrom("all", '"all"', "x", "y"), { minLength: 1, maxLength: 2 }),
  address: fc.constantFrom(...(Object.keys(ADDRESSES) as (keyof typeof ADDRESSES)[])),
  method: fc.constantFrom("reject", "reject", "scram-sha-256"),
});

function written({ type, databases, users, address, method }: Line): string {
  return [type, databases.join(","), users.join(","), address, method].join("  ");
}

/** One of each kind: a standby, a login to each database by each role, from each part of the address space. */
const CLIENTS = ["replication", "a", "all", "other"].flatMap((database) =>
  ["x", "y", "all", "other"].flatMap((user) =>
    [...ADDRESSES.all, "11.0.0.1", "10.0.0.2", "fe00::1"].map((address) => ({
      ...{ database, user, address },
    })),
  ),
);

const MORE: Readonly<Record<string, string>> = {
  "11.0.0.1": "0.0.0.1",
  "10.0.0.2": "10.0.0.1",
  "fe00::1": "ffff::1",
};

function matches(line: Line, { database, user, address }: (typeof CLIENTS)[number]): boolean {
  if (!["host", "hostnossl", "hostnogssenc"].includes(line.type)) return false;
  const isDatabase = line.databases.some((word) => {
    if (word === "replication") return database === "replication";
    if (database === "replication") return false;
    return word === "all" || word.replaceAll('"', "") === database;
  });
  const isUser = line.users.some((word) => word === "all" || word.replaceAll('"', "") === user);
  const addresses: readonly string[] = ADDRESSES[line.address];
  const place = line.address === "10.0.0.1/32" ? address : (MORE[address] ?? address);
  return isDatabase && isUser && addresses.includes(place);
}
