import { encryptedPaths, valuesAt, withoutPaths } from "../../../ops/engine/encrypted-config.ts";

const config = {
  "ha-postgres:clusters": { main: { storage: { size: "10Gi" } } },
  "ha-postgres:secrets": {
    "orders-login": { data: { username: "orders", password: { secure: "v1:a:b" } } },
    token: { data: { "api.token": { secure: "v1:c:d" } } },
    list: [{ secure: "v1:e:f" }, "plain"],
  },
  "other:token": { secure: "v1:g:h" },
  // A setting of that name.
  "other:settings": { secure: true, port: 443 },
};

const decrypted = {
  "ha-postgres:secrets": {
    "orders-login": { data: { username: "orders", password: "a-password" } },
    token: { data: { "api.token": "a-token" } },
    list: ["first", "plain"],
  },
  "other:token": "another",
};

const paths = encryptedPaths(config);

test("encrypted values are found wherever they are", () => {
  expect(paths).toEqual([
    ["ha-postgres:secrets", "orders-login", "data", "password"],
    ["ha-postgres:secrets", "token", "data", "api.token"],
    ["ha-postgres:secrets", "list", 0],
    ["other:token"],
  ]);
  expect(encryptedPaths({ "ha-postgres:namespace": "shop" })).toEqual([]);
});

test("the rest is deployed as it is", () => {
  expect(withoutPaths(config, paths)).toEqual({
    "ha-postgres:clusters": { main: { storage: { size: "10Gi" } } },
    "ha-postgres:secrets": {
      "orders-login": { data: { username: "orders" } },
      token: { data: {} },
      list: ["", "plain"],
    },
    "other:settings": { secure: true, port: 443 },
  });
});

test("and these are encrypted again, each at its path as the engine writes it", () => {
  expect(valuesAt(decrypted, paths)).toEqual({
    'ha-postgres:secrets["orders-login"].data.password': "a-password",
    'ha-postgres:secrets.token.data["api.token"]': "a-token",
    "ha-postgres:secrets.list[0]": "first",
    "other:token": "another",
  });
});
