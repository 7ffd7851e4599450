import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cacheDir, stateDir } from "../paths.ts";
import {
  apiServerPort,
  clusterDomain,
  dnsPort,
  etcdClientPort,
  etcdPeerPort,
  hostAddress,
  loadBalancerNetwork,
  s3Port,
  serviceNetwork,
} from "../shape/topology.ts";
import { program } from "../programs.ts";
import { kubeconfigOf, writeAdminKubeconfig, writeKubeconfig } from "./kubeconfig.ts";
import { pkiFile } from "./pki.ts";
import type { Daemon } from "./processes.ts";

/** The bucket that is created at the first start. */
export const s3Bucket = "backups";

const s3Dir = join(stateDir, "s3");
const corefile = join(stateDir, "Corefile");
const localPathConfig = join(stateDir, "local-path.json");
const localPathHelperPod = join(stateDir, "local-path-helper.json");
const s3CredentialsFile = join(stateDir, "s3-credentials.json");

/** The ConfigMap of kube-system with the scripts that the provisioner's helper pods run. */
export const localPathConfigMap = "local-path";

/** The folder of the provisioner's volumes on each node: on the disk that the node keeps over a restart. */
export const volumesDir = "/var/lib/volumes";

/** Writes the files that the daemons below read. */
export async function writeControlPlaneFiles(helperImage: string): Promise<void> {
  await mkdir(join(stateDir, "kubeconfigs"), { recursive: true });
  await mkdir(join(s3Dir, s3Bucket), { recursive: true });
  for (const identity of ["admin", "kube-controller-manager", "kube-scheduler"]) {
    await writeKubeconfig(identity, kubeconfigOf(identity));
  }
  await writeAdminKubeconfig();
  await writeFile(corefile, corefileText());
  await writeFile(localPathConfig, JSON.stringify(localPathSettings(), undefined, 2));
  await writeFile(localPathHelperPod, JSON.stringify(localPathPod(helperImage), undefined, 2));
  await s3Credentials();
}

export interface S3Credentials {
  accessKeyId: string;
  secretAccessKey: string;
}

/** The keys of the S3 gateway, created at the first start and kept as long as the cluster. */
export async function s3Credentials(): Promise<S3Credentials> {
  const kept = await readFile(s3CredentialsFile, "utf8").catch(() => undefined);
  if (kept !== undefined) return JSON.parse(kept) as S3Credentials;
  const credentials = {
    accessKeyId: randomBytes(10).toString("hex"),
    secretAccessKey: randomBytes(20).toString("hex"),
  };
  await writeFile(s3CredentialsFile, JSON.stringify(credentials), { mode: 0o600 });
  return credentials;
}

export function etcd(): Daemon {
  const clients = `https://${hostAddress}:${etcdClientPort}`;
  const peers = `https://${hostAddress}:${etcdPeerPort}`;
  const certificates = (prefix: string) => [
    `--${prefix}cert-file=${pkiFile("etcd.crt")}`,
    `--${prefix}key-file=${pkiFile("etcd.key")}`,
    `--${prefix}trusted-ca-file=${pkiFile("ca.crt")}`,
    `--${prefix}client-cert-auth=true`,
  ];
  return {
    name: "etcd",
    program: "etcd",
    command: [
      program("etcd"),
      "--name=sandbox",
      `--data-dir=${join(stateDir, "etcd")}`,
      `--listen-client-urls=${clients}`,
      `--advertise-client-urls=${clients}`,
      `--listen-peer-urls=${peers}`,
      `--initial-advertise-peer-urls=${peers}`,
      `--initial-cluster=sandbox=${peers}`,
      ...certificates(""),
      ...certificates("peer-"),
      // The cluster is removed by the next `stop`, so that waiting for the disk at each write has no benefit.
      "--unsafe-no-fsync",
      "--log-level=warn",
    ],
  };
}

export function kubeApiServer(): Daemon {
  return {
    name: "kube-apiserver",
    program: "kube-apiserver",
    command: [
      program("kube-apiserver"),
      `--advertise-address=${hostAddress}`,
      `--bind-address=${hostAddress}`,
      `--secure-port=${apiServerPort}`,
      `--etcd-servers=https://${hostAddress}:${etcdClientPort}`,
      `--etcd-cafile=${pkiFile("ca.crt")}`,
      `--etcd-certfile=${pkiFile("etcd.crt")}`,
      `--etcd-keyfile=${pkiFile("etcd.key")}`,
      `--client-ca-file=${pkiFile("ca.crt")}`,
      `--tls-cert-file=${pkiFile("kube-apiserver.crt")}`,
      `--tls-private-key-file=${pkiFile("kube-apiserver.key")}`,
      // Node names are known inside the cluster only.
      "--kubelet-preferred-address-types=InternalIP",
      `--kubelet-certificate-authority=${pkiFile("ca.crt")}`,
      `--kubelet-client-certificate=${pkiFile("kubelet-client.crt")}`,
      `--kubelet-client-key=${pkiFile("kubelet-client.key")}`,
      `--requestheader-client-ca-file=${pkiFile("ca.crt")}`,
      "--requestheader-allowed-names=front-proxy-client",
      "--requestheader-username-headers=X-Remote-User",
      "--requestheader-group-headers=X-Remote-Group",
      "--requestheader-extra-headers-prefix=X-Remote-Extra-",
      `--proxy-client-cert-file=${pkiFile("front-proxy-client.crt")}`,
      `--proxy-client-key-file=${pkiFile("front-proxy-client.key")}`,
      `--service-account-issuer=https://kubernetes.default.svc.${clusterDomain}`,
      `--service-account-key-file=${pkiFile("service-accounts.pub")}`,
      `--service-account-signing-key-file=${pkiFile("service-accounts.key")}`,
      `--service-cluster-ip-range=${serviceNetwork}`,
      "--authorization-mode=Node,RBAC",
      "--enable-admission-plugins=NodeRestriction",
      "--allow-privileged=true",
      // Webhooks are called at their pods, so that this machine needs neither kube-proxy nor its firewall rules.
      "--enable-aggregator-routing=true",
    ],
  };
}

export function kubeControllerManager(): Daemon {
  const kubeconfig = kubeconfigOf("kube-controller-manager");
  return {
    name: "kube-controller-manager",
    program: "kube-controller-manager",
    command: [
      program("kube-controller-manager"),
      `--bind-address=${hostAddress}`,
      `--kubeconfig=${kubeconfig}`,
      `--authentication-kubeconfig=${kubeconfig}`,
      `--authorization-kubeconfig=${kubeconfig}`,
      `--root-ca-file=${pkiFile("ca.crt")}`,
      `--service-account-private-key-file=${pkiFile("service-accounts.key")}`,
      "--use-service-account-credentials=true",
    ],
  };
}

export function kubeScheduler(): Daemon {
  const kubeconfig = kubeconfigOf("kube-scheduler");
  return {
    name: "kube-scheduler",
    program: "kube-scheduler",
    command: [
      program("kube-scheduler"),
      `--bind-address=${hostAddress}`,
      `--kubeconfig=${kubeconfig}`,
      `--authentication-kubeconfig=${kubeconfig}`,
      `--authorization-kubeconfig=${kubeconfig}`,
    ],
  };
}

export function coreDns(): Daemon {
  return {
    name: "coredns",
    program: "coredns",
    command: [program("coredns"), "-conf", corefile],
  };
}

/** Assigns addresses to Services of the type LoadBalancer. */
export function serviceLoadBalancer(): Daemon {
  return {
    name: "service-load-balancer",
    program: "service-load-balancer",
    command: [
      program("service-load-balancer"),
      `--kubeconfig=${kubeconfigOf("admin")}`,
      `--network=${loadBalancerNetwork}`,
    ],
  };
}

export function localPathProvisioner(helperImage: string): Daemon {
  return {
    name: "local-path-provisioner",
    program: "local-path-provisioner",
    command: [
      program("local-path-provisioner"),
      "start",
      `--config=${localPathConfig}`,
      `--kubeconfig=${kubeconfigOf("admin")}`,
      "--namespace=kube-system",
      "--provisioner-name=rancher.io/local-path",
      `--helper-image=${helperImage}`,
      "--service-account-name=default",
      `--configmap-name=${localPathConfigMap}`,
      `--helper-pod-file=${localPathHelperPod}`,
    ],
  };
}

export async function s3Gateway(): Promise<Daemon> {
  const { accessKeyId, secretAccessKey } = await s3Credentials();
  return {
    name: "versitygw",
    program: "versitygw",
    command: [
      program("versitygw"),
      `--port=${hostAddress}:${s3Port}`,
      `--cert=${pkiFile("s3.crt")}`,
      `--key=${pkiFile("s3.key")}`,
      "--region=us-east-1",
      "posix",
      s3Dir,
    ],
    env: { ROOT_ACCESS_KEY: accessKeyId, ROOT_SECRET_KEY: secretAccessKey, HOME: cacheDir },
  };
}

function corefileText(): string {
  // Names outside the cluster fail immediately: pods cannot reach them.
  return `.:${dnsPort} {
  bind ${hostAddress}
  errors
  kubernetes ${clusterDomain} in-addr.arpa ip6.arpa {
    kubeconfig ${kubeconfigOf("admin")}
  }
  cache 5
}
`;
}

function localPathSettings() {
  // The provisioner's key for all nodes, including later ones.
  return { nodePathMap: [{ node: "DEFAULT_PATH_FOR_NON_LISTED_NODES", paths: [volumesDir] }] };
}

/** The pod that creates and removes the folders of volumes on their nodes. */
function localPathPod(image: string) {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "local-path-helper" },
    spec: { containers: [{ name: "helper", image, imagePullPolicy: "Never" }] },
  };
}
