import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { families, requirements } from "../../../sandbox/toolchain/modules";
import { cacheFolder, eventually, npmRunOk, root, run } from "../support/commands";

const minute = 60_000;

jest.setTimeout(5 * minute);

const folder = mkdtempSync(join(tmpdir(), "ha-postgres-build-"));
const cache = join(folder, "cache");

// A sandbox that runs is asked nothing more.
beforeAll(() => npmRunOk("sandbox", "stop"));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** One or more of each family that a sandbox and its deployments are made of. */
const PROGRAMS = [
  ...["kube-apiserver", "etcd", "coredns", "network-policy-agent", "service-load-balancer"],
  ...["local-path-provisioner", "versitygw", "pulumi", "pulumi-language-nodejs"],
  ...["pulumi-resource-kubernetes", "pulumi-resource-random", "pulumi-resource-tls"],
];

/** The sandbox's command as a shell would run it, on a cache of its own. */
const sandbox = (...args: string[]) => `exec npm run --silent sandbox -- ${args.join(" ")}`;

/** Runs it where `prepare` has changed the machine, for this process and its children only. */
function onMachineWith(prepare: string, command: string) {
  return run("unshare", [
    ...["--mount", "sh", "-euc"],
    `export HA_POSTGRES_CACHE=${cache}; mkdir -p ${cache}; ${prepare}; ${command}`,
  ]);
}

describe("a machine that cannot build or start is refused with the reason and the remedy", () => {
  test("too small a disk", async () => {
    const { code, all } = await onMachineWith(
      `mount -t tmpfs -o size=1g none ${cache}`,
      sandbox("build", "image-base"),
    );
    expect(code).toBe(1);
    expect(all).toMatch(
      /cache has 1\.1 GB free, and a build needs 15\.0 GB\. Free some space, or set HA_POSTGRES_CACHE/,
    );
  });

  test("too little memory", async () => {
    const file = join(folder, "meminfo");
    writeFileSync(file, "MemTotal: 8000000 kB\nMemFree: 100000 kB\nMemAvailable: 4000000 kB\n");
    const { code, all } = await onMachineWith(
      `mount --bind ${file} /proc/meminfo`,
      sandbox("start", "kubernetes"),
    );
    expect(code).toBe(1);
    expect(all).toMatch(
      /4\.1 GB of memory are free, and the cluster needs 6\.0 GB\. Stop some programs/,
    );
  });

  test("not root", async () => {
    // It may still read everything, so that it comes to the question at all wherever the checkout is.
    const nobody = ["--reuid=65534", "--regid=65534", "--clear-groups"];
    const reading = ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"];
    for (const verb of ["build", "start"]) {
      const { code, all } = await run("setpriv", [
        ...[...nobody, ...reading],
        ...[process.execPath, join(root, "sandbox", "cli.ts"), verb, "kubernetes"],
      ]);
      expect(code).toBe(1);
      expect(all).toMatch(/you are not root, and nodes need namespaces.*Run the command as root/);
    }
  });

  test("unreachable Go modules and Debian packages, all of them at once", async () => {
    const { code, all } = await onMachineWith(
      `export GOPROXY=off GOMODCACHE=${join(folder, "modules")} http_proxy=http://127.0.0.1:9`,
      sandbox("build", "etcd", "coredns", "image-base"),
    );
    expect(code).toBe(1);
    for (const name of ["etcd", "coredns"]) {
      expect(all).toMatch(
        new RegExp(
          `a Go module of ${name} cannot be downloaded: .*disabled by GOPROXY=off\\. Point GOPROXY at`,
        ),
      );
    }
    expect(all).toMatch(
      /the Debian packages of debian-base cannot be downloaded: .*\. Make the package sources/,
    );
  });
});

describe("a machine without the Debian packages", () => {
  const route = ["10.244.7.0/24", "dev", "lo"];

  afterAll(() => run("ip", ["route", "delete", ...route]));

  test("gets them before it is tried, also by the first start", async () => {
    // What is installed and removed here, this process and its children alone have.
    const ofItsOwn = ["usr", "etc", "var"].map((place) => {
      const layer = `${folder}/layers/${place}`;
      return `mkdir -p ${layer}/upper ${layer}/work; mount -t overlay -o lowerdir=/${place},upperdir=${layer}/upper,workdir=${layer}/work none /${place}`;
    });
    // It is refused in the end, so that nothing is built or started.
    await run("ip", ["route", "add", ...route]);
    const { code, all } = await onMachineWith(
      [...ofItsOwn, "dpkg --purge --force-depends iptables mmdebstrap"].join("; "),
      sandbox("start", "kubernetes"),
    );
    expect(code).toBe(1);
    expect(all).toContain("installing Debian packages: mmdebstrap, iptables\n");
    const refusal = all.slice(all.indexOf("the sandbox cannot run on this machine"));
    expect(refusal.trimEnd().split("\n")).toEqual([
      "the sandbox cannot run on this machine:",
      expect.stringMatching(/already has a route to 10\.244\.7\.0\/24/),
    ]);
  });
});

describe("a build that is killed", () => {
  const built = () => {
    try {
      return readdirSync(join(cache, "artefacts")).sort();
    } catch {
      return [];
    }
  };
  const folderOf = (part: string) =>
    join(cache, "artefacts", built().find((name) => name.startsWith(`${part}-`)) ?? part);

  /** Builds an image of two parts until `isTime`, and then kills the build alone, as the kernel would. */
  async function killedBuild(isTime: () => boolean): Promise<void> {
    const child = spawn(process.execPath, ["sandbox/cli.ts", "build", "image-base"], {
      cwd: root,
      env: { ...process.env, HA_POSTGRES_CACHE: cache },
      stdio: "ignore",
    });
    const ended = once(child, "exit");
    await eventually(() => Promise.resolve(isTime()), Boolean, 3 * minute);
    child.kill("SIGKILL");
    expect(await ended).toEqual([null, "SIGKILL"]);
  }

  /** What of it is still running or mounted. */
  const remains = () => [
    ...readFileSync("/proc/self/mounts", "utf8")
      .split("\n")
      .filter((line) => line.includes(folder)),
    ...readdirSync("/proc")
      .filter((entry) => /^\d+$/.test(entry) && entry !== String(process.pid))
      .filter((pid) => environmentOf(pid).includes(`HA_POSTGRES_CACHE=${cache}`)),
  ];

  beforeAll(() => {
    rmSync(cache, { recursive: true, force: true });
  });

  test("in the middle of a part leaves nothing that runs, nothing mounted, and no part", async () => {
    await killedBuild(() => sizeOf(join(cache, "logs", "build", "debian-base.log")) > 1000);
    await eventually(
      () => Promise.resolve(remains()),
      (left) => left.length === 0,
      30_000,
    );
    expect(built()).toEqual([]);
  });

  test("after a part goes on with the next one", async () => {
    await killedBuild(() => built().length > 0);
    await eventually(
      () => Promise.resolve(remains()),
      (left) => left.length === 0,
      30_000,
    );
    expect(built()).toEqual([expect.stringMatching(/^debian-base-/)]);
    const { ino, mtimeMs } = statSync(folderOf("debian-base"));

    const { code, all } = await onMachineWith("true", sandbox("build", "image-base"));
    expect([code, all]).toEqual([0, expect.stringMatching(/image-base: .* \(1 of 1;/)]);
    expect(statSync(join(folderOf("image-base"), "image.tar")).size).toBeGreaterThan(10_000_000);
    expect(statSync(folderOf("debian-base"))).toMatchObject({ ino, mtimeMs });
    expect(readdirSync(cache).sort()).toEqual(["artefacts", "bin", "build-rate", "logs"]);
  });
});

describe("what is built", () => {
  test("is made of the very modules that the go.mod of its family pins", async () => {
    await npmRunOk("sandbox", "build", "kubernetes", "pulumi");
    const binaries = PROGRAMS.map((program) => realpathSync(join(cacheFolder, "bin", program)));
    for (const binary of binaries) {
      const family = families().find((name) =>
        new RegExp(`/artefacts/${name}-[0-9a-f]{16}/`).test(binary),
      );
      const pinned = requirements(family ?? "");
      const { code, all } = await run("go", ["version", "-m", binary]);
      expect([binary, code]).toEqual([binary, 0]);
      const modules = [...all.matchAll(/^\tdep\t(\S+)\t(v\S+)/gm)];
      expect(modules.length).toBeGreaterThan(5);
      for (const [, module = "", version] of modules) {
        expect([binary, module, version]).toEqual([binary, module, pinned.get(module)]);
      }
    }
  });
});

function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8");
  } catch {
    return "";
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
