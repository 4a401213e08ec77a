// Fetches the client programs of PostgreSQL from Debian 13's archive, into a folder, without touching the system: its
// package lists, its sources and its hooks are left alone. Needs no right but to write in that folder.
import { join } from "node:path";
import { Echec } from "../stack/failure.ts";

const SUITE = "trixie";
const TROUSSEAU = "/usr/share/keyrings/debian-archive-keyring.gpg";

export interface Racine {
  dossier: string;
  prefixe: string[];
}

const existe = (chemin: string) => Deno.stat(chemin).then(() => true, () => false);

async function dire(
  commande: string,
  args: string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
) {
  const processus = { args, ...options, env: { LC_ALL: "C.UTF-8", ...options.env } };
  const { code, stdout, stderr } = await (async () => await new Deno.Command(commande, processus).output())()
    .catch(() => {
      throw new Echec(`${commande} n'existe pas sur cette machine.`);
    });
  const texte = (octets: Uint8Array) => new TextDecoder().decode(octets);
  if (code === 0) return texte(stdout);
  const plainte = texte(stderr).split("\n").find((ligne) => /^(E:|dpkg|Err)/.test(ligne)) ??
    texte(stderr).trim();
  throw new Echec(`${commande} ${args[0]} a échoué : ${plainte}`);
}

/** Identity of the system: ID and VERSION_CODENAME of os-release, empty where there is none. */
export async function systeme(): Promise<{ id: string; nom: string; code: string }> {
  const texte = await Deno.readTextFile("/etc/os-release").catch(() => "");
  const lire = (cle: string) => texte.match(new RegExp(`^${cle}="?([^"\n]*)"?$`, "m"))?.[1] ?? "";
  return { id: lire("ID"), nom: lire("PRETTY_NAME") || Deno.build.os, code: lire("VERSION_CODENAME") };
}

/** The archive this machine is told to use, so that a mirror or a proxy of its own stays the one spoken to. */
async function miroir(code: string): Promise<string> {
  const adresses = await dire("apt-get", ["update", "--print-uris"]).catch(() => "");
  return adresses.match(new RegExp(`^'(\\S+)/dists/${code}/InRelease'`, "m"))?.[1] ??
    "http://deb.debian.org/debian";
}

/** apt's settings of this machine (proxy, time limits, certificates) but its folders, its sources and its hooks. */
async function reglages(travail: string): Promise<string> {
  const siens = (await dire("apt-config", ["dump"])).split("\n")
    .filter((ligne) => ligne && !/^Dir\b|-Invoke|Sandbox/.test(ligne));
  return [
    ...siens,
    'Dir::Etc::main "/dev/null";',
    'Dir::Etc::parts "/dev/null";',
    'Dir::Etc::sourceparts "/dev/null";',
    `Dir::Etc::sourcelist "${travail}/sources.list";`,
    `Dir::State "${travail}";`,
    `Dir::State::lists "${travail}/lists";`,
    `Dir::State::status "${travail}/status";`,
    `Dir::Cache "${travail}/cache";`,
    // As root, apt would download as another user, who may not enter here.
    'APT::Sandbox::User "root";',
    'Acquire::Retries "3";',
    "",
  ].join("\n");
}

const DEPENDANCES = [
  "--no-recommends",
  "--no-suggests",
  "--no-conflicts",
  "--no-breaks",
  "--no-replaces",
  "--no-enhances",
];

/** The libraries a package lists, and those that these list: what is not a library is not needed to run it. */
async function bibliotheques(paquet: string, env: Record<string, string>): Promise<string[]> {
  const listees = (texte: string) =>
    texte.match(/(?<=Depends: )\S+/g)?.filter((nom) => /^(lib|zlib)/.test(nom)) ?? [];
  const premieres = listees(await dire("apt-cache", ["depends", ...DEPENDANCES, paquet], { env }));
  const toutes = await dire("apt-cache", ["depends", "--recurse", ...DEPENDANCES, ...premieres], { env });
  return [...new Set([...premieres, ...listees(toutes)])];
}

/** Where the programs are in an unpacked folder, and the loader that runs them on their own libraries. */
export async function racine(dossier: string, majeure: number): Promise<Racine | undefined> {
  const programmes = join(dossier, `usr/lib/postgresql/${majeure}/bin`);
  if (!await existe(programmes)) return undefined;
  for await (const { name } of Deno.readDir(join(dossier, "usr/lib"))) {
    if (!name.endsWith("-linux-gnu")) continue;
    const libs = join(dossier, "usr/lib", name);
    for await (const fichier of Deno.readDir(libs)) {
      if (!/^ld-linux-.*\.so\.\d+$/.test(fichier.name)) continue;
      return { dossier: programmes, prefixe: [join(libs, fichier.name), "--library-path", libs] };
    }
  }
  return undefined;
}

/** Downloads and unpacks the programs of this major version into `dossier`, which appears whole or not at all. */
export async function telecharger(
  dossier: string,
  majeure: number,
  progres: (phrase: string) => void,
): Promise<void> {
  const { code } = await systeme();
  const travail = `${dossier}.en_cours`;
  const env = { APT_CONFIG: join(travail, "apt.conf") };
  await Deno.remove(travail, { recursive: true }).catch(() => {});
  try {
    for (const nom of ["lists/partial", "cache/archives/partial", "paquets", "racine"]) {
      await Deno.mkdir(join(travail, nom), { recursive: true });
    }
    const signe = await existe(TROUSSEAU) ? `[signed-by=${TROUSSEAU}] ` : "";
    await Deno.writeTextFile(
      join(travail, "sources.list"),
      `deb ${signe}${await miroir(code)} ${SUITE} main\n`,
    );
    await Deno.writeTextFile(join(travail, "status"), "");
    await Deno.writeTextFile(env.APT_CONFIG, await reglages(travail));

    progres("liste des paquets de Debian 13");
    await dire("apt-get", ["update", "--error-on=any"], { env });
    const client = `postgresql-client-${majeure}`;
    const paquets = [client, ...await bibliotheques(client, env)];
    progres(`${paquets.length} paquets`);
    await dire("apt-get", ["download", ...paquets], { env, cwd: join(travail, "paquets") });
    for await (const { name } of Deno.readDir(join(travail, "paquets"))) {
      await dire("dpkg", ["-x", join(travail, "paquets", name), join(travail, "racine")]);
    }
    await Deno.remove(dossier, { recursive: true }).catch(() => {});
    await Deno.rename(join(travail, "racine"), dossier);
  } finally {
    await Deno.remove(travail, { recursive: true }).catch(() => {});
  }
}
