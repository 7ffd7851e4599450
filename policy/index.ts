import { PolicyPack } from "@pulumi/policy";
import { policyOf } from "./engine/policies";
import { rules } from "./rules";
import { unpackOnce } from "./engine/unpacked-once";

unpackOnce();
new PolicyPack("ha-postgres-policy", { policies: rules.map(policyOf) });
