import "reflect-metadata";
import { createPrivateKey, webcrypto } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as x509 from "@peculiar/x509";
import { stateDir } from "../paths.ts";
import { type SandboxNode, apiServiceAddress, hostAddress } from "../shape/topology.ts";

x509.cryptoProvider.set(webcrypto);

const pkiDir = join(stateDir, "pki");
const keyAlgorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const lifetimeDays = 365;

/** The file of a certificate or key of the sandbox: `pkiFile("kube-apiserver.crt")`. */
export function pkiFile(file: string): string {
  return join(pkiDir, file);
}

export interface Identity {
  /** The file name without ending. */
  name: string;
  /** The user that Kubernetes assigns to the bearer. */
  commonName: string;
  /** The group that Kubernetes assigns to the bearer. */
  organization?: string;
  dnsNames?: readonly string[];
  addresses?: readonly string[];
}

const identities: readonly Identity[] = [
  {
    name: "kube-apiserver",
    commonName: "kube-apiserver",
    dnsNames: [
      "localhost",
      "kubernetes",
      "kubernetes.default",
      "kubernetes.default.svc",
      "kubernetes.default.svc.cluster.local",
    ],
    addresses: [hostAddress, apiServiceAddress, "127.0.0.1"],
  },
  // For both sides of etcd. The next one identifies the API server to kubelets.
  { name: "etcd", commonName: "etcd", addresses: [hostAddress, "127.0.0.1"] },
  {
    name: "kubelet-client",
    commonName: "kube-apiserver-kubelet-client",
    organization: "system:masters",
  },
  { name: "front-proxy-client", commonName: "front-proxy-client" },
  { name: "admin", commonName: "kubernetes-admin", organization: "system:masters" },
  { name: "kube-controller-manager", commonName: "system:kube-controller-manager" },
  { name: "kube-scheduler", commonName: "system:kube-scheduler" },
  { name: "kube-proxy", commonName: "system:kube-proxy" },
  { name: "s3", commonName: "s3", dnsNames: ["s3"], addresses: [hostAddress] },
];

function nodeIdentity({ name, address }: SandboxNode): Identity {
  return {
    name,
    commonName: `system:node:${name}`,
    organization: "system:nodes",
    dnsNames: [name],
    addresses: [address],
  };
}

/** Creates the authority and the certificates of everything except nodes. A second start keeps them. */
export async function createPki(): Promise<void> {
  if (await readFile(pkiFile("complete")).catch(() => undefined)) return;
  await mkdir(pkiDir, { recursive: true, mode: 0o700 });
  const authority = await createAuthority();
  for (const identity of identities) await issue(authority, identity);
  const serviceAccounts = await newKeyPair();
  await writeKey("service-accounts", serviceAccounts);
  const publicKey = await webcrypto.subtle.exportKey("spki", serviceAccounts.publicKey);
  await writeFile(
    pkiFile("service-accounts.pub"),
    x509.PemConverter.encode(publicKey, "PUBLIC KEY"),
  );
  await writeFile(pkiFile("complete"), "");
}

/** Creates the certificate of a node, once. */
export async function createNodeCertificate(node: SandboxNode): Promise<void> {
  if (await readFile(pkiFile(`${node.name}.crt`)).catch(() => undefined)) return;
  await issue(await readAuthority(), nodeIdentity(node));
}

export async function deleteNodeCertificate({ name }: SandboxNode): Promise<void> {
  for (const file of [`${name}.crt`, `${name}.key`]) await rm(pkiFile(file), { force: true });
}

interface Authority {
  name: string;
  privateKey: webcrypto.CryptoKey;
  publicKey: webcrypto.CryptoKey;
}

const authorityName = "CN=ha-postgres sandbox";

async function readAuthority(): Promise<Authority> {
  const key = createPrivateKey(await readFile(pkiFile("ca.key")));
  const pkcs8 = key.export({ format: "der", type: "pkcs8" });
  const certificate = new x509.X509Certificate(await readFile(pkiFile("ca.crt"), "utf8"));
  const spki = certificate.publicKey.rawData;
  return {
    name: authorityName,
    privateKey: await webcrypto.subtle.importKey("pkcs8", pkcs8, keyAlgorithm, false, ["sign"]),
    publicKey: await webcrypto.subtle.importKey("spki", spki, keyAlgorithm, true, ["verify"]),
  };
}

async function createAuthority(): Promise<Authority> {
  const name = authorityName;
  const keys = await newKeyPair();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name,
    ...validity(),
    signingAlgorithm: keyAlgorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
        true,
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  await writeKey("ca", keys);
  await writeFile(pkiFile("ca.crt"), certificate.toString("pem"));
  return { name, ...keys };
}

async function issue(authority: Authority, identity: Identity): Promise<void> {
  const keys = await newKeyPair();
  const organization = identity.organization ? `O=${identity.organization},` : "";
  const names = [
    ...(identity.dnsNames ?? []).map((value) => ({ type: "dns" as const, value })),
    ...(identity.addresses ?? []).map((value) => ({ type: "ip" as const, value })),
  ];
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: `${organization}CN=${identity.commonName}`,
    issuer: authority.name,
    ...validity(),
    signingAlgorithm: keyAlgorithm,
    publicKey: keys.publicKey,
    signingKey: authority.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([
        x509.ExtendedKeyUsage.serverAuth,
        x509.ExtendedKeyUsage.clientAuth,
      ]),
      await x509.AuthorityKeyIdentifierExtension.create(authority.publicKey),
      ...(names.length > 0 ? [new x509.SubjectAlternativeNameExtension(names)] : []),
    ],
  });
  await writeKey(identity.name, keys);
  // The certificate is written last and atomically: if it exists, everything is complete.
  const file = pkiFile(`${identity.name}.crt`);
  await writeFile(`${file}.new`, certificate.toString("pem"));
  await rename(`${file}.new`, file);
}

async function newKeyPair(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(keyAlgorithm, true, ["sign", "verify"]);
}

async function writeKey(name: string, keys: webcrypto.CryptoKeyPair): Promise<void> {
  const pkcs8 = await webcrypto.subtle.exportKey("pkcs8", keys.privateKey);
  // SEC1 is the form in which every Go program of the cluster reads an ECDSA key, service account keys included.
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: "der", type: "pkcs8" });
  const pem = key.export({ format: "pem", type: "sec1" });
  await writeFile(pkiFile(`${name}.key`), pem, { mode: 0o600 });
}

function validity(): { notBefore: Date; notAfter: Date } {
  const now = Date.now();
  // One minute earlier, since clocks may differ.
  return {
    notBefore: new Date(now - 60_000),
    notAfter: new Date(now + lifetimeDays * 86_400_000),
  };
}

function serialNumber(): string {
  const bytes = webcrypto.getRandomValues(new Uint8Array(16));
  // X.509 requires a positive number: the first bit is the sign.
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return Buffer.from(bytes).toString("hex");
}
