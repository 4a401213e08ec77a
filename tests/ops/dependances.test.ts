import assert from "node:assert/strict";
import { join } from "node:path";
import semver from "semver";
import {
  dependencies,
  DEPENDENCIES_FILE,
  describeDependencies,
  type Lock,
  UNSAID,
} from "../../ops/developpement/licences.ts";
import { ROOT } from "../../ops/commun/settings.ts";
import { test } from "../support/monde.ts";

const read = async (file: string) => JSON.parse(await Deno.readTextFile(join(ROOT, file)));
const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

test("docs/dependances.md is what the lock file says today (npm run licences)", async () => {
  assert.equal(await Deno.readTextFile(DEPENDENCIES_FILE), await describeDependencies());
});

test("a package whose licence we have not admitted is refused, and one that says none", async () => {
  const lock: Lock = await read("package-lock.json");
  const avec = (license?: string) => ({
    packages: { ...lock.packages, "node_modules/intrus": { version: "1.0.0", ...(license && { license }) } },
  });
  assert.doesNotThrow(() => dependencies(avec("MIT")));
  for (const license of ["AGPL-3.0-only", "SEE LICENSE IN LICENSE.md", "UNLICENSED", undefined]) {
    assert.throws(() => dependencies(avec(license)), /intrus 1\.0\.0/, String(license));
  }
});

test("every version is exact, and the lock file holds to it", async () => {
  const manifest = await read("package.json") as Record<string, Record<string, string>>;
  const lock: Lock = await read("package-lock.json");
  for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
    assert.match(version, EXACT, `${name} in package.json`);
    assert.equal(lock.packages[`node_modules/${name}`]?.version, version, `${name} in package-lock.json`);
  }
  for (const [path, { version, integrity }] of Object.entries(lock.packages)) {
    if (!path) continue;
    assert.match(version, EXACT, path);
    if (UNSAID.some(({ packages }) => packages.test(path.replace(/^node_modules\//, "")))) continue;
    assert.match(integrity ?? "", /^sha512-/, `${path}: what npm ci installs is checked`);
  }
  const { imports } = await read("supabase/functions/deno.json") as { imports: Record<string, string> };
  for (const target of Object.values(imports)) assert.match(target, /^npm:\/?[@\w/-]+@\d+\.\d+\.\d+\/?$/);
});

test("every package runs on each Node we say we run on: npm ci has nothing to warn of", async () => {
  const { packages } = await read("package-lock.json") as {
    packages: Record<string, { engines?: { node?: string } }>;
  };
  for (const [path, { engines }] of Object.entries(packages)) {
    for (const node of ["20.19.0", "22.13.0", "24.0.0"]) {
      assert.ok(
        !engines?.node || semver.satisfies(node, engines.node),
        `${path} wants ${engines?.node}, not ${node}`,
      );
    }
  }
});

test("what Deno resolves for the functions is, to the byte, what npm installed for the tests (npm run verrou)", async () => {
  const { specifiers, npm } = await read("supabase/functions.lock") as {
    specifiers: Record<string, string>;
    npm: Record<string, { integrity: string }>;
  };
  const { imports } = await read("supabase/functions/deno.json") as { imports: Record<string, string> };
  const named = Object.values(imports).map((target) => target.replace(/^npm:\/?/, "npm:").replace(/\/$/, ""));
  assert.deepEqual(Object.keys(specifiers).sort(), [...new Set(named)].sort());
  const { packages } = await read("package-lock.json") as Lock;
  for (const [id, { integrity }] of Object.entries(npm)) {
    const [name, version] = [id.slice(0, id.lastIndexOf("@")), id.slice(id.lastIndexOf("@") + 1)];
    const installed = packages[`node_modules/${name}`];
    assert.deepEqual([installed?.version, installed?.integrity], [version, integrity], id);
  }
});
