// Suites are projects, so that `npm test` and `npm run test:e2e` pick theirs by name and none is left out by accident.
const shared = {
  testEnvironment: "node",
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { target: "es2023", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
    ],
  },
};

module.exports = {
  // Machines of CI are shared: a test that needs a second there may need ten when others work beside it.
  testTimeout: 60_000,
  // By default one processor is left alone, which of two is half of the time.
  maxWorkers: "100%",
  projects: ["unit", "policy", "e2e"].map((name) => ({
    ...shared,
    displayName: name,
    testMatch: [`<rootDir>/tests/${name}/**/*.test.ts`],
  })),
};
