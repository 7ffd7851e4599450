import * as fc from "fast-check";
import { askPod } from "../../../../../ops/published/ask.ts";
import { parseDotted, quoted, shown } from "../../../../../ops/published/identifiers.ts";
import { splitStatements, titleOf } from "../../../../../ops/published/drill/statements.ts";
import { answer, failure } from "../../../support/drill-fixtures";

const name = fc.string({ minLength: 1, unit: "grapheme" });

describe("names of tables", () => {
  test.each([
    ["orders", ["orders"]],
    ["App.Public.Orders", ["app", "public", "orders"]],
    ['app."Order.Lines"', ["app", "Order.Lines"]],
    ['"a""b".c$1', ['a"b', "c$1"]],
    ["größe", ["größe"]],
  ])("%s are parsed like SQL", (text, names) => {
    expect(parseDotted(text)).toEqual(names);
  });

  test.each(["", "a.", ".a", "a..b", "1a", "a b", 'a"b', '"a', '""', "a;drop", "a-b"])(
    "`%s` is not valid",
    (text) => {
      expect(parseDotted(text)).toBeUndefined();
    },
  );

  test("are the same after formatting for messages and for SQL", () => {
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), (names) => {
        expect(parseDotted(shown(names))).toEqual(names);
        expect(parseDotted(names.map(quoted).join("."))).toEqual(names);
      }),
    );
  });

  test("never end their quotes", () => {
    fc.assert(
      fc.property(name, (text) => {
        expect(quoted(text).slice(1, -1).replaceAll('""', "")).not.toContain('"');
      }),
    );
  });
});

describe("a file of assertions", () => {
  test("has a statement for each semicolon, with the preceding comment as title", () => {
    const file = `
      -- every order has a customer
      SELECT NOT EXISTS (SELECT FROM orders WHERE customer IS NULL);
      SELECT count(*) > 10
        FROM customers;

      -- an old title
      -- the title
      SELECT true -- no title
    `;
    expect(splitStatements(file)).toEqual([
      {
        title: "every order has a customer",
        sql: "SELECT NOT EXISTS (SELECT FROM orders WHERE customer IS NULL)",
      },
      {
        title: "SELECT count(*) > 10 FROM customers",
        sql: "SELECT count(*) > 10\n        FROM customers",
      },
      { title: "the title", sql: "SELECT true" },
    ]);
  });

  test.each([
    ["a string", "SELECT ';' = 'it''s;'"],
    ["an escape string", String.raw`SELECT E'\';' = ''`],
    ["a name", 'SELECT ";" FROM t'],
    ["dollars", "SELECT $$;$$ = $a$;$$;$a$"],
    ["a comment", "SELECT /* ; */ true"],
  ])("keeps a semicolon in %s", (_, sql) => {
    expect(splitStatements(`${sql};`)).toHaveLength(1);
  });

  test("may contain no statements", () => {
    expect(splitStatements(" ;; -- nothing\n /* here */ ;")).toEqual([]);
  });

  test("keeps everything except comments", () => {
    const part = fc.constantFrom("SELECT 1", "'a;b'", '"c;d"', "$$e;f$$", "g", " ");
    fc.assert(
      fc.property(fc.array(part, { minLength: 1 }), (parts) => {
        const sql = parts.join(" ").trim();
        expect(splitStatements(sql).map((statement) => statement.sql)).toEqual(
          sql === "" ? [] : [sql],
        );
      }),
    );
  });

  test("shortens long statements in titles", () => {
    const title = titleOf(`SELECT ${"x ".repeat(100)}`);
    expect(title).toHaveLength(60);
    expect(title).toMatch(/^SELECT x x .*\.\.\.$/);
  });
});

describe("a query in a pod", () => {
  test("uses psql as the superuser, with these settings, in exactly that database", async () => {
    const calls: (readonly string[])[] = [];
    const ask = askPod(
      (args) => {
        calls.push(args);
        return Promise.resolve(answer("1\u001fa b\u001e2\u001f"));
      },
      { namespace: "shop", pod: "orders-1" },
      { default_transaction_read_only: "on", statement_timeout: "60s" },
    );
    expect(await ask("it's\\", "SELECT 1")).toEqual({
      rows: [
        ["1", "a b"],
        ["2", ""],
      ],
    });
    expect(calls).toEqual([
      [
        "exec",
        "orders-1",
        "--namespace=shop",
        "--container=postgres",
        "--",
        "env",
        "PGOPTIONS=-c default_transaction_read_only=on -c statement_timeout=60s",
        "PGCONNECT_TIMEOUT=10",
        "psql",
        "--no-psqlrc",
        "--tuples-only",
        "--no-align",
        "--quiet",
        "--field-separator=\u001f",
        "--record-separator=\u001e",
        String.raw`--dbname=dbname='it\'s\\'`,
        "--command=SELECT 1",
      ],
    ]);
  });

  test.each([
    [
      'ERROR:  relation "public.kept" does not exist\nLINE 1: SELECT\ncommand terminated with exit code 1',
      'relation "public.kept" does not exist',
    ],
    [
      'psql: error: connection to server on socket "/controller/run/.s.PGSQL.5432" failed: FATAL:  database "nix" does not exist',
      'database "nix" does not exist',
    ],
    [
      'Error from server (NotFound): pods "orders-1" not found',
      'Error from server (NotFound): pods "orders-1" not found',
    ],
  ])("that fails with `%s` returns the reason", async (error, reason) => {
    const ask = askPod(() => Promise.resolve(failure(error)), { namespace: "shop", pod: "p" }, {});
    expect(await ask("app", "SELECT 1")).toEqual({ error: reason });
  });
});
