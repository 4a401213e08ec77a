// Documents through their doors: megabytes a second in, analysed by the built-in engine, and out.
import { createHash } from "node:crypto";
import { signIn } from "../ops/pile/client.ts";
import { demoEmail } from "../ops/pile/demo_users.ts";
import { type Banc, type Chapitre, DEMO_PASSWORD, duree, entier, mediane, ms, ouvrir } from "./mesure.ts";

const TAILLES_MIO = [0.1, 1, 10];
const TOURS = 5;
const MIO = 1024 * 1024;

/** A PDF whose one picture is of so many bytes: what a scanner sends. */
function scan(octets: number): Uint8Array<ArrayBuffer> {
  const [debut, fin] = [
    "%PDF-1.4\n9 0 obj\n<< /Subtype /Image /Filter /DCTDecode >>\nstream\n",
    "\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n",
  ].map((texte) => new TextEncoder().encode(texte)) as [Uint8Array, Uint8Array];
  const tout = new Uint8Array(octets);
  for (let place = 0; place < octets; place += 65_536) {
    crypto.getRandomValues(tout.subarray(place, Math.min(octets, place + 65_536)));
  }
  tout.set(debut);
  tout.set(fin, octets - fin.length);
  return tout;
}

export async function mesurer(banc: Banc): Promise<Chapitre[]> {
  const { stack: { status }, superuserUrl } = banc;
  const tailles = banc.arguments.length ? banc.arguments.map(Number) : TAILLES_MIO;
  const gerant = await signIn(status, demoEmail("gerant"), DEMO_PASSWORD);
  const { data: { session } } = await gerant.supabase.auth.getSession();
  const entetes = { authorization: `Bearer ${session!.access_token}` };
  const porte = `${status.API_URL}/functions/v1/documents`;
  const sql = ouvrir(superuserUrl);
  const lignes: string[][] = [];
  for (const taille of tailles) {
    const [entree, analyse, sortie]: [number[], number[], number[]] = [[], [], []];
    for (let tour = 0; tour < TOURS; tour++) {
      const octets = scan(Math.round(taille * MIO));
      let id = "";
      entree.push(
        await duree(async () => {
          const forme = new FormData();
          forme.set("categorie", "AUTRE");
          forme.set("sha256", createHash("sha256").update(octets).digest("hex"));
          forme.set("fichier", new Blob([octets], { type: "application/pdf" }), "scan.pdf");
          const reponse = await fetch(porte, { method: "POST", headers: entetes, body: forme });
          const corps = await reponse.json();
          if (!reponse.ok) throw new Error(JSON.stringify(corps));
          id = corps.id;
        }),
      );
      analyse.push(
        await duree(async () => {
          const reponse = await fetch(`${status.API_URL}/functions/v1/envois/vider`, {
            method: "POST",
            headers: { authorization: `Bearer ${status.SERVICE_ROLE_KEY}` },
          });
          await reponse.body?.cancel();
        }),
      );
      const [{ statut }] = await sql<
        [{ statut: string }]
      >`select statut from public.documents where id = ${id}`;
      if (statut !== "DISPONIBLE") {
        throw new Error(`le document est ${statut} : le banc ne mesure rien de juste`);
      }
      sortie.push(
        await duree(async () => {
          const reponse = await fetch(`${porte}/${id}/contenu`, { headers: entetes });
          if ((await reponse.arrayBuffer()).byteLength !== octets.length) throw new Error("octets perdus");
        }),
      );
    }
    const debit = (mesures: number[]) => (taille / (mediane(mesures) / 1000)).toFixed(1);
    lignes.push([
      String(taille),
      ...[entree, analyse, sortie].flatMap((mesures) => [ms(mediane(mesures)), debit(mesures)]),
    ]);
  }
  await sql.end();
  return [{
    titre: "Documents in, analysed, out",
    sens:
      `A scan of so many mebibytes, ${
        entier(TOURS)
      } times: sent through its door by one person (hashed, checked by the ` +
      "database, kept in it), analysed by the worker with the built-in engine, fetched through its door. A few " +
      "megabytes a day are expected of a depot; each must feel immediate.",
    entetes: ["MiB", "in, ms", "MiB/s", "analysed, ms", "MiB/s", "out, ms", "MiB/s"],
    lignes,
  }];
}
