import { PolicyPack } from "@pulumi/policy";
import { policyOf } from "./policies";
import { rules } from "./rules";
import { unpackOnce } from "./unpacked-once";

unpackOnce();
new PolicyPack("ha-postgres-policy", { policies: rules.map(policyOf) });
