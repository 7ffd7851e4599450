import { FakeMachine } from "./fake-programs";

test("a final backup that does not begin is given up, with the reason, and is not asked for any longer", async () => {
  const machine = new FakeMachine();
  machine.answers({
    pulumi: [],
    kubectl: [
      { to: /get backups/, says: { status: { phase: "pending" } } },
      {
        to: /get clusters/,
        says: {
          status: {
            phase: "Waiting for the instances to become active",
            conditions: [
              { type: "ContinuousArchiving", status: "False", message: "Access Denied" },
            ],
          },
        },
      },
      {
        to: /get pods/,
        says: {
          items: [
            {
              kind: "Pod",
              metadata: { name: "main-2", namespace: "databases" },
              status: {
                phase: "Pending",
                conditions: [
                  { type: "PodScheduled", status: "False", message: "1 Insufficient memory." },
                ],
              },
            },
          ],
        },
      },
    ],
  });
  const { errors } = await machine.evaluate(`
    import { takenBackup } from "ops/backups.ts";
    const target = { context: "shop" };
    const wanted = { name: "main-final", cluster: "main", namespace: "databases" };
    takenBackup(target, wanted, (phase) => console.log(phase), 10).catch((error) => console.error(error.message));
  `);
  expect(errors).toBe(
    'it has not begun within 1 minutes: main is in the phase "Waiting for the instances to become active"; ' +
      "WAL does not arrive: Access Denied; waiting: pod main-2 in databases: 1 Insufficient memory. " +
      "To change it: add nodes or larger ones, or set smaller resources.\n",
  );
  const lines = machine.calls("kubectl").map(({ line }) => line);
  expect(lines).toContain(
    "--context shop delete backups.postgresql.cnpg.io main-final --namespace=databases --wait=false",
  );
});
