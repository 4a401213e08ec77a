import assert from "node:assert/strict";
import { join } from "node:path";
import semver from "semver";
import { ROOT } from "../../ops/commun/settings.ts";
import { test } from "../support/monde.ts";

const read = async (file: string) => JSON.parse(await Deno.readTextFile(join(ROOT, file)));
const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

interface Lock {
  packages: Record<string, { version: string; integrity?: string }>;
}

/** Licences that let us use, change and distribute, and ask for a notice at most. Any other is a decision, made here. */
const ADMITTED = [
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT-0",
  // The Python Software Foundation's: argparse, beneath what cuts our font down for the papers.
  "Python-2.0",
  "Unlicense",
  // pako's own, and what it took from zlib.
  "Zlib",
];
/**
 * Where the lock file says neither licence nor checksum: the Supabase CLI's binaries for other platforms than its
 * writer's. They are MIT.
 */
const UNSAID = /^@supabase\/cli-/;
/** Says its licence in a file, read: Bitstream Vera's and Arev's, which let a font be used, cut down and distributed. */
const READ = ["dejavu-fonts-ttf"];

interface Component {
  name: string;
  purl?: string;
  licenses?: { license?: { id?: string; name?: string }; expression?: string }[];
}
const refused = (components: Component[]) =>
  components.filter(({ name, licenses }) =>
    !UNSAID.test(name) && !READ.includes(name) &&
    !(licenses?.length && licenses.every(({ license, expression }) =>
      // « A OR B » is the taker's choice; « A AND B » asks for both.
      (expression ?? license?.id ?? license?.name ?? "").replace(/^\(|\)$/g, "").split(" OR ").some((
        choice,
      ) => choice.split(" AND ").every((id) => ADMITTED.includes(id)))
    ))
  ).map(({ name }) => name);

test("every package is under a licence that we have admitted (npm sbom --sbom-format cyclonedx)", async () => {
  const { success, stdout, stderr } = await new Deno.Command("npm", {
    args: ["sbom", "--package-lock-only", "--sbom-format", "cyclonedx"],
    cwd: ROOT,
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  const { components } = JSON.parse(new TextDecoder().decode(stdout)) as { components: Component[] };
  const { packages } = await read("package-lock.json") as Lock;
  const locked = Object.entries(packages).filter(([path]) => path).map(([path, { version }]) =>
    `${path.split("node_modules/").at(-1)}@${version}`
  );
  // npm 10 tells a package as often as it is installed, npm 11 once.
  const told = new Set(components.map(({ purl }) => purl));
  assert.equal(told.size, new Set(locked).size, "the whole lock file was looked at");
  assert.deepEqual(refused(components), []);
  const de = (name: string, id?: string) => ({ name, ...(id && { licenses: [{ license: { id } }] }) });
  assert.deepEqual(
    refused([de("libre", "MIT"), de("copyleft", "AGPL-3.0-only"), de("muet")]),
    ["copyleft", "muet"],
    "one that is not admitted is named, and one that says none",
  );
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
    if (UNSAID.test(path.replace(/^node_modules\//, ""))) continue;
    assert.match(integrity ?? "", /^sha512-/, `${path}: what npm ci installs is checked`);
  }
  const { imports } = await read("supabase/functions/deno.json") as { imports: Record<string, string> };
  for (const target of Object.values(imports)) assert.match(target, /^npm:\/?[@\w/.-]+@\d+\.\d+\.\d+\/?$/);
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
    // Deno adds which peers it was given: `d3-transition@3.0.2_d3-selection@3.0.1`.
    const [, name, version] = id.match(/^(@?[^@]+)@([^_]+)/)!;
    // Two packages may each have their own version of a third: whichever npm put there.
    const installed = Object.entries(packages).filter(([path]) =>
      path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`)
    );
    assert.ok(installed.some(([, is]) => is.version === version && is.integrity === integrity), id);
  }
});

test("every action of the workflow is pinned by its hash, which says of which version it is", async () => {
  const dossier = join(ROOT, ".github/workflows");
  let lues = 0;
  for await (const { name } of Deno.readDir(dossier)) {
    for (const [, action] of (await Deno.readTextFile(join(dossier, name))).matchAll(/\buses: (.+)/g)) {
      lues++;
      assert.match(action!, /^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  }
  assert.ok(lues > 0, "no action was read");
});
