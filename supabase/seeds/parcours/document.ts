// A certificate kept with the réception it proves: sent, analysed, read; and one that nobody may read.
import { createHash } from "node:crypto";
import { printTable } from "../../../ops/commun/table.ts";
import type { Person, Row } from "../../../ops/pile/client.ts";
import type { StackStatus } from "../../../ops/pile/status.ts";

interface Document extends Row {
  nom: string;
  statut: string;
  signature: string | null;
}

const PDF = (dedans: string) =>
  new TextEncoder().encode(
    `%PDF-1.4\n% ${crypto.randomUUID()}\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R ${dedans}>>\nendobj\n` +
      "2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n" +
      "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n" +
      "trailer\n<< /Root 1 0 R >>\n%%EOF\n",
  );

async function envoyer(person: Person, reception: string, nom: string, octets: Uint8Array): Promise<string> {
  const forme = new FormData();
  forme.set("categorie", "CERTIFICAT");
  forme.set("sha256", createHash("sha256").update(octets).digest("hex"));
  forme.set("objet_type", "RECEPTION");
  forme.set("objet_id", reception);
  forme.set("fichier", new Blob([octets as Uint8Array<ArrayBuffer>], { type: "application/pdf" }), nom);
  return (await person.call<Document>("POST", "documents", forme)).id;
}

export async function joindre(
  { API_URL, SERVICE_ROLE_KEY }: StackStatus,
  { gerant, lecteur }: { gerant: Person; lecteur: Person },
): Promise<void> {
  const { data: [reception] } = await gerant.call<{ data: Row[] } & Row>("GET", "receptions?limit=1");
  const ids = [
    await envoyer(gerant, reception!.id, "Certificat d'analyse.pdf", PDF("")),
    await envoyer(gerant, reception!.id, "Certificat piégé.pdf", PDF("/OpenAction << /S /JavaScript >> ")),
  ];
  const reponse = await fetch(`${API_URL}/functions/v1/envois/vider`, {
    method: "POST",
    headers: { authorization: `Bearer ${SERVICE_ROLE_KEY}` },
  });
  if (!reponse.ok) throw new Error(`envois/vider répond ${reponse.status} : ${await reponse.text()}`);
  await reponse.body?.cancel();
  console.log("\nLes documents d'une réception, une fois analysés :");
  printTable(
    await Promise.all(ids.map(async (id) => {
      const { nom, statut, signature } = await lecteur.call<Document>("GET", `documents/${id}`);
      return [nom, statut, signature ?? "—"];
    })),
    ["document", "statut", "trouvé"],
  );
}
