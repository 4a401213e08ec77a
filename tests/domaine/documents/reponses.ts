// A certificate and what is done with it, through its doors: what each of them answers.
import { fetchPorte, type Monde, sql, token } from "../../support/monde.ts";
import { formulaire } from "./dossier.ts";
import { csv, pdf } from "./fichiers.ts";

/** One answer of each door of documents. */
export async function documents(m: Monde): Promise<Record<string, () => Promise<unknown>>> {
  const [directeur, gerant] = await Promise.all([m.personne("directeur"), m.personne("gerant")]);
  const { id: reception } = await m.recevoir(100);
  const champs = { objet_type: "CITERNE", objet_id: m.citernes[0] };
  const recu = await directeur.call("POST", "documents", await formulaire(pdf(), { champs }));
  await sql`select private.noter_analyse(${recu.id}, 'SAIN', 'integre', null)`;
  const { id: sortie } = await m.rediger(10);
  await gerant.call("POST", `sorties/${sortie}/valider`, {});
  const bon = await gerant.call("POST", "ventes/bons-livraison", { sortie_id: sortie, lieu: "Likasi" });
  await gerant.call("POST", `ventes/bons-livraison/${bon.id}/confirmer`, {});
  const lire = async (adresse: string) =>
    await (await fetchPorte(adresse, {
      headers: { authorization: `Bearer ${await token(directeur)}`, accept: "application/json" },
    })).json();
  return {
    "documents GET /": () => gerant.call("GET", `documents?depot_id=${m.depot}`),
    "documents GET /liens": () => gerant.call("GET", `documents/liens?objet_id=${m.citernes[0]}`),
    "documents POST /": () => Promise.resolve(recu),
    "documents POST /impressions": () =>
      gerant.call("POST", "documents/impressions", { objet_type: "BON_LIVRAISON", objet_id: bon.id }),
    "documents GET /:id": () => gerant.call("GET", `documents/${recu.id}`),
    "documents GET /:id/contenu": () => lire(`documents/${recu.id}/contenu`),
    "documents GET /:id/liens": () => gerant.call("GET", `documents/${recu.id}/liens`),
    "documents POST /:id/liens": () =>
      directeur.call("POST", `documents/${recu.id}/liens`, { objet_type: "RECEPTION", objet_id: reception }),
    "documents POST /:id/remplacer": async () => {
      const forme = await formulaire(csv(), { type: "text/csv", champs: { categorie: undefined } });
      return await directeur.call("POST", `documents/${recu.id}/remplacer`, forme);
    },
    "documents POST /:id/gel": () =>
      directeur.call("POST", `documents/${recu.id}/gel`, { gel: true, motif: "Litige avec le laboratoire" }),
  };
}
