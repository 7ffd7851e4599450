/** A database whose application is not the owner of its tables. */
import {
  PostgresCluster,
  RolePassword,
  SequencePrivilege,
  TableAccess,
  TablePrivilege,
} from "ha-postgres";

const login = { login: true, password: RolePassword.Generated };

const orders = new PostgresCluster("orders", {
  namespace: "shop",
  storage: { size: "100Gi" },
  database: { name: "orders", passwordMaxAge: "52w" },
  databases: [{ name: "audit" }],
  roles: [
    { ...login, name: "web", grants: [{ access: TableAccess.ReadWrite }] },
    {
      ...login,
      name: "reports",
      passwordMaxAge: "90d",
      grants: [
        { access: TableAccess.ReadOnly },
        {
          database: "audit",
          tables: ["events"],
          privileges: [TablePrivilege.Insert],
          sequences: [SequencePrivilege.Usage],
        },
      ],
    },
    { ...login, name: "migration", inRoles: ["orders"] },
  ],
});

/** `{ web: "orders-web", reports: "orders-reports", migration: "orders-migration" }` */
export const secrets = orders.roleSecretNames;
