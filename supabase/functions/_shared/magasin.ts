// Where bytes lie: in the database's own rows or, beyond what a dump should carry, in a bucket under their hash (the S3
// API, as Supabase Storage has it). Read from there they are what the hash says, or they are not given.
import { Buffer } from "node:buffer";
import { AwsClient } from "aws4fetch";
import { refuser } from "./problems.ts";
import { reglage } from "./reglages.ts";

const DELAI_MS = 20_000;

function reglages() {
  const [adresse, seau, cle, secret] = ["ENDPOINT", "BUCKET", "KEY", "SECRET"].map((nom) =>
    reglage(`DOCUMENTS_S3_${nom}`)
  );
  if (!adresse || !seau || !cle || !secret) {
    throw new Error("DOCUMENTS_S3_ENDPOINT, _BUCKET, _KEY et _SECRET ne sont pas tous réglés");
  }
  return { adresse, seau, cle, secret };
}

/** Whether a bucket is set here at all. */
export const seauRegle = () => Boolean(reglage("DOCUMENTS_S3_ENDPOINT"));

async function demander(methode: string, objet: string, corps?: Uint8Array<ArrayBuffer>): Promise<Response> {
  const { adresse, seau, cle, secret } = reglages();
  const client = new AwsClient({
    accessKeyId: cle,
    secretAccessKey: secret,
    service: "s3",
    region: reglage("DOCUMENTS_S3_REGION") || "us-east-1",
    retries: 2,
  });
  const reponse = await client.fetch(`${adresse.replace(/\/$/, "")}/${seau}/${objet}`, {
    method: methode,
    body: corps,
    signal: AbortSignal.timeout(DELAI_MS),
  });
  if (reponse.ok || reponse.status === 404) return reponse;
  await reponse.body?.cancel();
  throw new Error(`le seau ${seau} répond ${reponse.status} à ${methode} ${objet}`);
}

const empreinte = async (octets: Uint8Array<ArrayBuffer>) =>
  Buffer.from(await crypto.subtle.digest("SHA-256", octets)).toString("hex");

/** Puts a content under its hash, and gives it; again, it is the same. */
export async function deposerAuSeau(octets: Uint8Array<ArrayBuffer>): Promise<string> {
  const sha256 = await empreinte(octets);
  const reponse = await demander("PUT", sha256, octets);
  await reponse.body?.cancel();
  if (!reponse.ok) throw new Error("le seau n'existe pas");
  return sha256;
}

/** A content by its hash; undefined where it is not there. Throws where it is not what the hash says. */
export async function lireAuSeau(sha256: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const reponse = await demander("GET", sha256);
  if (reponse.status === 404) {
    await reponse.body?.cancel();
    return undefined;
  }
  const octets = new Uint8Array(await reponse.arrayBuffer());
  if (await empreinte(octets) !== sha256) throw new Error(`${sha256} : le seau rend d'autres octets`);
  return octets;
}

export async function oterDuSeau(sha256: string): Promise<void> {
  await (await demander("DELETE", sha256)).body?.cancel();
}

/** Every key of the bucket that is a hash, or begins as said, and since when it has these bytes. */
export async function listerSeau(prefixe = ""): Promise<{ cle: string; depuis: number }[]> {
  const cles: { cle: string; depuis: number }[] = [];
  let suite: string | undefined = "";
  while (suite !== undefined) {
    const query: URLSearchParams = new URLSearchParams({
      "list-type": "2",
      "max-keys": "1000",
      ...(prefixe && { prefix: prefixe }),
      ...(suite && { "continuation-token": suite }),
    });
    const texte: string = await (await demander("GET", `?${query}`)).text();
    for (const [, objet] of texte.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
      const cle = objet!.match(/<Key>([0-9a-f]{64})<\/Key>/)?.[1];
      const depuis = Date.parse(objet!.match(/<LastModified>([^<]+)</)?.[1] ?? "");
      // A bucket that does not say when is one whose contents have just come.
      if (cle) cles.push({ cle, depuis: Number.isNaN(depuis) ? Date.now() : depuis });
    }
    suite = texte.match(/<NextContinuationToken>([^<]+)</)?.[1];
  }
  return cles;
}

/** What a door answers while the bucket does not: nothing was recorded, try again. */
export const joindreSeau = <T>(faire: () => Promise<T>): Promise<T> =>
  faire().catch((error) => {
    throw refuser("SERVICE_INDISPONIBLE", undefined, error);
  });

/** A content, wherever it lies. */
export async function lireContenu(
  { sha256, magasin, octets }: { sha256: string; magasin: string; octets: Uint8Array | null },
): Promise<Uint8Array<ArrayBuffer>> {
  if (magasin === "BASE") return new Uint8Array(octets!);
  const lus = await lireAuSeau(sha256);
  if (!lus) throw new Error(`${sha256} manque au seau`);
  return lus;
}
