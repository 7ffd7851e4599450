import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { z } from "zod";
import { postgresClusterSchema } from "../../../../components/postgres/cluster/schema";
import { parsePostgresSize } from "../../../../components/formats/postgres-size";
import {
  canonicalBytes,
  canonicalCores,
  parseBytes,
  parseCores,
} from "../../../../components/formats/quantity";
import { inspect, input, propertyPath, refusal } from "../../../../components/contract/schema";

const schema = z.strictObject({
  name: z.string(),
  count: z.int().min(1).max(9).optional(),
  host: input(z.string().min(3)).optional(),
  items: z.array(z.strictObject({ size: z.number() })).optional(),
  settings: z.record(z.string(), z.string()).optional(),
});

describe("malformed arguments", () => {
  test("are none if the arguments match the schema", () => {
    const args = { name: "a", count: 3, host: pulumi.output("x"), items: [{ size: 1 }] };
    expect(inspect(schema, args).malformed).toEqual([]);
    expect(inspect(schema, { name: "a", host: Promise.resolve("x") }).malformed).toEqual([]);
  });

  test("are reported with path, value, reason and remedy", () => {
    const args = {
      name: 5,
      count: 10,
      host: "x",
      items: [{ size: 1 }, { size: "1", sise: 1 }],
      settings: { "a.b": 1 },
      nmae: "secret",
    };
    expect(inspect(schema, args).malformed).toEqual([
      { path: "name", value: 5, reason: "must be a string", remedy: "Give a string" },
      {
        path: "count",
        value: 10,
        reason: "must be at most 9",
        remedy: "Use 9 or less",
      },
      {
        path: "host",
        value: "x",
        reason: "must have at least 3 characters",
        remedy: "Use 3 characters or more",
      },
      {
        path: "items[1].size",
        value: "1",
        reason: "must be a number",
        remedy: "Give a number",
      },
      {
        path: "items[1].sise",
        value: "[not shown]",
        reason: "is not an argument, and would do nothing",
        remedy: "Did you mean `size`? If not, remove it",
      },
      {
        path: 'settings["a.b"]',
        value: 1,
        reason: "must be a string",
        remedy: "Give a string",
      },
      {
        path: "nmae",
        value: "[not shown]",
        reason: "is not an argument, and would do nothing",
        remedy: "Did you mean `name`? If not, remove it",
      },
    ]);
  });

  test("are reported once for an Output instead of an object", () => {
    const args = { name: "a", items: [pulumi.output({ size: 1 })] };
    expect(inspect(schema, args).malformed).toEqual([
      {
        path: "items[0]",
        value: "[Output]",
        reason:
          "must be a plain value: an output is known only during the deployment, too late to be validated",
        remedy: "Give a plain value here, from the stack's configuration for example",
      },
    ]);
  });

  test("are reported with the reason and remedy of a refusal", () => {
    const even = z.number().refine((n) => n % 2 === 0, refusal({ reason: "odd", remedy: "Add 1" }));
    expect(inspect(z.strictObject({ n: input(even) }), { n: 3 }).malformed).toEqual([
      { path: "n", value: 3, reason: "odd", remedy: "Add 1" },
    ]);
  });

  test("may have any value", () => {
    fc.assert(
      fc.property(fc.anything(), (args) => {
        expect(inspect(postgresClusterSchema, args).malformed.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe("of several forms, that is reported which was meant", () => {
  const place = z.string().or(z.strictObject({ name: z.string(), create: z.boolean().optional() }));
  const off = z.strictObject({ size: z.string() }).or(z.literal(false));
  const forms = z.strictObject({ place: place.optional(), volume: off.optional() });
  const told = (args: object) =>
    inspect(forms, args).malformed.map(
      ({ path, reason, remedy }) => `${path} ${reason}. ${remedy}.`,
    );

  test("a value of the form of an object by its parts", () => {
    expect(told({ place: { name: "a", create: "no" } })).toEqual([
      "place.create must be a boolean. Give a boolean.",
    ]);
    expect(told({ place: { name: "a", crate: false } })).toEqual([
      "place.crate is not an argument, and would do nothing. Did you mean `create`? If not, remove it.",
    ]);
    expect(told({ volume: {} })).toEqual(["volume.size must be a string. Give a string."]);
  });

  test("any other by the first", () => {
    expect(told({ place: 5 })).toEqual(["place must be a string. Give a string."]);
    expect(told({ volume: true })).toEqual(["volume must be an object. Give an object."]);
  });
});

describe("well-formed arguments", () => {
  test("are a copy without the malformed parts", () => {
    const args = { name: "a", count: 10, items: [{ size: "1" }, 5, { size: 2 }], other: 1 };
    const { wellFormed } = inspect(schema, args);
    expect(wellFormed).toEqual({ name: "a", items: [undefined, undefined, { size: 2 }] });
    // Holes are skipped, and keep the indexes of the others.
    const { items } = wellFormed as { items: { size: number }[] };
    expect(items.map(({ size }, index) => [index, size]).flat()).toEqual([2, 2]);
    expect(args).toEqual({
      name: "a",
      count: 10,
      items: [{ size: "1" }, 5, { size: 2 }],
      other: 1,
    });
  });

  test("keep Outputs as they are", () => {
    const host = pulumi.output("x");
    expect(inspect(schema, { name: 5, host }).wellFormed).toEqual({ host });
  });
});

test("propertyPath writes paths as programs do", () => {
  expect(propertyPath(["roles", 1, "name"])).toBe("roles[1].name");
  expect(propertyPath(["parameters", "auto_explain.log_analyze"])).toBe(
    'parameters["auto_explain.log_analyze"]',
  );
  expect(propertyPath([])).toBe("args");
});

describe("quantities", () => {
  test.each([
    ["1024Mi", "1Gi"],
    ["1.5Gi", "1536Mi"],
    ["100Gi", "100Gi"],
    ["1500M", "1500M"],
    ["2000M", "2G"],
  ])("%s is stored as %s", (text, canonical) => {
    expect(canonicalBytes(text)).toBe(canonical);
    expect(parseBytes(canonical)).toBe(parseBytes(text));
  });

  test.each([
    ["0.5", "500m"],
    ["2000m", "2"],
    ["1", "1"],
    ["1.25", "1250m"],
  ])("%s cores are stored as %s", (text, canonical) => {
    expect(canonicalCores(text)).toBe(canonical);
    expect(parseCores(canonical)).toBe(parseCores(text));
  });

  test.each(["10", "Gi", "1 Gi", "-1Gi", "1Gb", "100m", "", undefined, 5])(
    "%p is not a size",
    (text) => {
      expect(parseBytes(text)).toBeUndefined();
    },
  );

  test.each([
    ["512MB", 512 * 2 ** 20],
    ["64kB", 64 * 2 ** 10],
    ["1.5 GB", 1.5 * 2 ** 30],
    ["128", undefined],
    ["1Gi", undefined],
    ["-1", undefined],
  ])("%s is %p bytes to PostgreSQL", (text, size) => {
    expect(parsePostgresSize(text)).toBe(size);
  });
});
