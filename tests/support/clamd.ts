// A real clamd, with signatures of a test's own: none are downloaded.
import { join } from "node:path";
import { freePort, temporaryDataDir } from "../../ops/pile/throwaway.ts";
import { serveur } from "./paquets.ts";

export interface Clamd {
  port: number;
  /** Ends it at once, as a crash does. */
  tuer(): Promise<void>;
  /** Starts it again on the same port. */
  relancer(): Promise<void>;
  fermer(): Promise<void>;
}

async function repond(port: number): Promise<boolean> {
  try {
    const prise = await Deno.connect({ hostname: "127.0.0.1", port });
    try {
      await prise.write(new TextEncoder().encode("zPING\0"));
      const lus = await prise.read(new Uint8Array(8));
      return lus !== null;
    } finally {
      prise.close();
    }
  } catch {
    return false;
  }
}

const enHexa = (texte: string) =>
  [...new TextEncoder().encode(texte)].map((o) => o.toString(16).padStart(2, "0")).join("");

/** Knows these texts by these names, and nothing else; looks no further than so many bytes into what it unfolds. */
export async function startClamd(
  signatures: Record<string, string>,
  { maximum }: { maximum: string },
): Promise<Clamd> {
  const [{ commande, env }, dossier, port] = [
    await serveur("clamd", "clamav-daemon"),
    await temporaryDataDir("monaluxe-clamd-"),
    freePort(),
  ];
  await Deno.mkdir(join(dossier, "base"));
  await Deno.writeTextFile(
    join(dossier, "base/essai.ndb"),
    Object.entries(signatures).map(([nom, texte]) => `${nom}:0:*:${enHexa(texte)}\n`).join(""),
  );
  const reglages = join(dossier, "clamd.conf");
  await Deno.writeTextFile(
    reglages,
    [
      "Foreground yes",
      `DatabaseDirectory ${join(dossier, "base")}`,
      `TemporaryDirectory ${dossier}`,
      `TCPSocket ${port}`,
      "TCPAddr 127.0.0.1",
      "MaxThreads 2",
      "StreamMaxLength 12M",
      `MaxFileSize ${maximum}`,
      "AlertExceedsMax yes",
      "",
    ].join("\n"),
  );
  let processus: Deno.ChildProcess | undefined;
  const relancer = async () => {
    processus = new Deno.Command(commande, {
      args: [`--config-file=${reglages}`],
      env,
      stdout: "null",
      stderr: "null",
    }).spawn();
    let fini = false;
    processus.status.then(() => fini = true);
    // Nothing tells when it listens but asking.
    while (!await repond(port)) {
      if (fini) throw new Error("clamd ne démarre pas");
      await new Promise((suite) => setTimeout(suite, 50));
    }
  };
  const tuer = async () => {
    processus?.kill("SIGKILL");
    await processus?.status;
    processus = undefined;
  };
  await relancer();
  return {
    port,
    tuer,
    relancer,
    fermer: async () => {
      await tuer();
      await Deno.remove(dossier, { recursive: true });
    },
  };
}
