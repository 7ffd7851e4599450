import type { ClusterExposedArgs } from "../../components";
import { isAddress } from "../../components/formats/certificates";
import { propertyPath } from "../../components/contract/schema";
import type { Violation } from "../../components/contract/violation";
import { ExposedServiceType } from "../../components/postgres/exposure/args";
import { NO_ADDRESSES } from "../../components/postgres/exposure/rules/certificate";
import {
  clusterExposureName,
  poolerExposureName,
} from "../../components/postgres/exposure/rules/names";
import { externalNamesOf } from "../../components/postgres/exposure/spec";
import { clusterName, databasesOf, namespaceOf } from "../declared";
import { poolersOf } from "../poolers/poolers";
import type { DatabaseConfig } from "../databases/schema";
import type { StackConfig } from "../schema";

/**
 * Returns the names that a database's certificate needs beside those of its own Services: what it declares, and those of the
 * poolers that present it.
 */
export function furtherNames(
  stack: StackConfig,
  key: string,
  { certificates }: Pick<DatabaseConfig, "certificates">,
): string[] {
  const declared = certificates === false ? [] : (certificates?.externalNames ?? []);
  const ofPoolers = presenting(stack, key).flatMap(([, { exposed = [] }]) =>
    externalNamesOf(exposed),
  );
  // An address is refused where it is declared, unless the stack issues the certificate.
  const fit = stack.certificates ? ofPoolers : ofPoolers.filter((name) => !isAddress(name));
  return [...new Set([...declared, ...fit])];
}

/** Returns the poolers of a database that present its certificate. */
function presenting(stack: StackConfig, key: string) {
  return poolersOf(stack, key).filter(
    ([, { certificates }]) => certificates?.clientTlsSecret === undefined,
  );
}

/** A Service of the stack by which clients from outside come. */
interface Exposure {
  exposed: ClusterExposedArgs;
  service: string;
  namespace: string | undefined;
  path: string;
  /** The database or pooler, whose own rules compare what it declares. */
  owner: string;
}

/** Returns all Services of the stack by which clients from outside come. */
export function exposuresOf(stack: StackConfig): Exposure[] {
  const databases = databasesOf(stack);
  return [
    ...databases.flatMap((declared) => {
      const owner = propertyPath([declared.kind, declared.key]);
      return (declared.config.exposed ?? []).map((exposed, index) => ({
        exposed,
        service: `${clusterName(declared)}-${clusterExposureName(exposed)}`,
        namespace: namespaceOf(stack, declared),
        path: `${owner}.exposed[${index}]`,
        owner,
      }));
    }),
    ...Object.entries(stack.poolers).flatMap(
      ([key, { poolerName = key, exposed = [], cluster }]) => {
        const owner = propertyPath(["poolers", key]);
        const database = databases.find((declared) => declared.key === cluster);
        return exposed.map((one, index) => ({
          exposed: one,
          service: `${poolerName}-${poolerExposureName(one)}`,
          namespace: database && namespaceOf(stack, database),
          path: `${owner}.exposed[${index}]`,
          owner,
        }));
      },
    ),
  ];
}

/** Finds what only the whole of a stack can get wrong about its Services for clients from outside. */
export function exposedViolations(stack: StackConfig): Violation[] {
  const exposures = exposuresOf(stack);
  return [
    ...exposures.flatMap((exposure, index) => {
      const others = exposures.slice(0, index).filter(({ owner }) => owner !== exposure.owner);
      return [
        ...sharedPort(exposure, others),
        ...sharedService(exposure, others, stack),
        ...sharedExternalNames(exposure, others),
      ];
    }),
    ...addressesOfPoolers(stack),
  ];
}

function sharedPort({ exposed, path }: Exposure, others: readonly Exposure[]): Violation[] {
  const { serviceType, port } = exposed;
  if (serviceType !== ExposedServiceType.NodePort || port === undefined) return [];
  const first = others.find(
    (other) =>
      other.exposed.serviceType === ExposedServiceType.NodePort && other.exposed.port === port,
  );
  if (!first) return [];
  const reason = `is already the port of ${first.path} on every node`;
  return [{ path: `${path}.port`, value: port, reason, remedy: "Use another one" }];
}

function sharedService(
  { exposed, path, service, namespace, owner }: Exposure,
  others: readonly Exposure[],
  stack: StackConfig,
): Violation[] {
  const twin = others.find((other) => other.service === service && other.namespace === namespace);
  const pooler = Object.entries(stack.poolers).find(
    ([key, { poolerName = key, cluster }]) =>
      poolerName === service &&
      // A database compares the names of its own poolers itself.
      owner !== propertyPath(["clusters", cluster]) &&
      owner !== propertyPath(["recoveries", cluster]) &&
      owner !== propertyPath(["replicas", cluster]) &&
      owner !== propertyPath(["imports", cluster]) &&
      databasesOf(stack).some(
        (declared) => declared.key === cluster && namespaceOf(stack, declared) === namespace,
      ),
  );
  const taken = twin?.path ?? (pooler && propertyPath(["poolers", pooler[0]]));
  if (taken === undefined) return [];
  return [
    {
      path: `${path}.name`,
      value: exposed.name,
      reason: `makes a Service ${service}, and so does ${taken} in the same namespace`,
      remedy: "Set another name",
    },
  ];
}

function sharedExternalNames(
  { exposed, path }: Exposure,
  others: readonly Exposure[],
): Violation[] {
  const isBalanced = ({ serviceType }: ClusterExposedArgs) =>
    serviceType !== ExposedServiceType.NodePort;
  if (!isBalanced(exposed)) return [];
  return (exposed.externalNames ?? []).flatMap((name, index) => {
    const first = others.find(
      (other) =>
        isBalanced(other.exposed) &&
        externalNamesOf([other.exposed]).some((same) => same.toLowerCase() === name.toLowerCase()),
    );
    if (!first) return [];
    return [
      {
        path: `${path}.externalNames[${index}]`,
        value: name,
        reason: `is a name of ${first.path} already, which has another address`,
        remedy: "Use another name for one of the two",
      },
    ];
  });
}

/** The operator's certificates contain names alone. */
function addressesOfPoolers(stack: StackConfig): Violation[] {
  if (stack.certificates) return [];
  return Object.entries(stack.poolers).flatMap(([key, { certificates, exposed = [] }]) =>
    certificates?.clientTlsSecret !== undefined
      ? []
      : exposed.flatMap(({ externalNames = [] }, index) =>
          externalNames.flatMap((name, at) =>
            isAddress(name)
              ? [
                  {
                    path: `${propertyPath(["poolers", key])}.exposed[${index}].externalNames[${at}]`,
                    value: name,
                    ...NO_ADDRESSES,
                  },
                ]
              : [],
          ),
        ),
  );
}
