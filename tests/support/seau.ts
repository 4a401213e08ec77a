// A real S3 server on this machine, with one bucket: what a hosted project's storage answers.
import { createRequire } from "node:module";
import { AwsClient } from "aws4fetch";
import { freePort, temporaryDataDir } from "../../ops/pile/throwaway.ts";

export interface Seau extends AsyncDisposable {
  /** As the functions and the environment's file know it. */
  variables: Record<string, string>;
  lister(): Promise<string[]>;
  oter(cle: string): Promise<void>;
  /** The same key, other bytes. */
  gater(cle: string): Promise<void>;
  deposer(cle: string, octets: Uint8Array): Promise<void>;
}

const [CLE, SECRET, NOM] = ["S3RVER", "S3RVER", "documents"];

export async function startSeau(): Promise<Seau> {
  const [dossier, port] = [await temporaryDataDir("monaluxe-seau-"), freePort()];
  const programme = createRequire(import.meta.url).resolve("s3rver/bin/s3rver.js");
  const serveur = new Deno.Command("node", {
    args: [programme, "-d", dossier, "-a", "127.0.0.1", "-p", String(port), "-s", "--configure-bucket", NOM],
    stdout: "null",
    stderr: "null",
  }).spawn();
  const adresse = `http://127.0.0.1:${port}`;
  // Nothing tells when it listens but asking.
  while (!await fetch(adresse).then((reponse) => reponse.body?.cancel().then(() => true), () => false)) {
    await new Promise((suite) => setTimeout(suite, 50));
  }
  const client = new AwsClient({
    accessKeyId: CLE,
    secretAccessKey: SECRET,
    service: "s3",
    region: "us-east-1",
  });
  const demander = async (methode: string, chemin: string, body?: Uint8Array) => {
    const reponse = await client.fetch(`${adresse}/${NOM}/${chemin}`, {
      method: methode,
      body: body as Uint8Array<ArrayBuffer>,
    });
    const texte = await reponse.text();
    if (!reponse.ok) throw new Error(`${methode} ${chemin} : ${reponse.status} ${texte}`);
    return texte;
  };
  return {
    variables: {
      DOCUMENTS_S3_ENDPOINT: adresse,
      DOCUMENTS_S3_BUCKET: NOM,
      DOCUMENTS_S3_KEY: CLE,
      DOCUMENTS_S3_SECRET: SECRET,
    },
    lister: async () =>
      [...(await demander("GET", "?list-type=2")).matchAll(/<Key>([^<]+)</g)].map(([, cle]) => cle!),
    oter: async (cle) => void await demander("DELETE", cle),
    gater: async (cle) => void await demander("PUT", cle, new TextEncoder().encode("autre chose")),
    deposer: async (cle, octets) => void await demander("PUT", cle, octets),
    [Symbol.asyncDispose]: async () => {
      serveur.kill("SIGKILL");
      await serveur.status;
      await Deno.remove(dossier, { recursive: true });
    },
  };
}
