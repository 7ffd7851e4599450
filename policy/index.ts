import { PolicyPack } from "@pulumi/policy";
import { policyOf } from "./policies";
import { rules } from "./rules";

new PolicyPack("ha-postgres-policy", { policies: rules.map(policyOf) });
