import { saltOf, scramVerifier } from "../../../../../components/postgres/credentials/verifier";

// The exchange of RFC 7677, section 3, whose user has the password "pencil".
const SALT = Buffer.from("W22ZaJ0SNY7soEsUEjb6gQ==", "base64");

test("is the verifier that PostgreSQL makes of the same password and salt", () => {
  expect(scramVerifier("pencil", SALT)).toBe(
    "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=",
  );
});

test("the salt is as long as PostgreSQL's, and another one for another login", () => {
  const salt = saltOf("databases", "main", "app");
  expect(salt).toHaveLength(16);
  expect(saltOf("databases", "main", "app")).toEqual(salt);
  expect(saltOf("databases", "other", "app")).not.toEqual(salt);
});
