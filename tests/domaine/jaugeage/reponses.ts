// A tank's gauge table and a dip through it, by their doors: what each of them answers.
import type { Monde } from "../../support/monde.ts";

/** Points of a tank of some 100 L a millimetre, as docs/jaugeage.md has them. */
export const CSV = "hauteur_mm;volume_l\n0;0\n1000;100 250\n2000;200 480\n3000;300 730\n";

/** A gauge table of this tank, put into force. */
export async function mettreEnVigueur(m: Monde, citerne: string, csv = CSV, plus: object = {}) {
  const directeur = await m.personne("directeur");
  const { id } = await directeur.call<{ id: string }>("POST", "referentiels/baremes", {
    citerne_id: citerne,
    certificat: "OCC 2026-12",
    valide_du: "2026-01-01",
    hauteur_max_mm: 3000,
    ...plus,
  });
  await directeur.call("POST", `referentiels/baremes/${id}/points.csv`, { csv });
  return await directeur.call("POST", `referentiels/baremes/${id}/activer`, {});
}

/** One answer of each door of gauging. */
export async function reponsesDuJaugeage(m: Monde): Promise<Record<string, () => Promise<unknown>>> {
  const [admin, directeur, operateur] = await Promise.all([
    m.personne("admin"),
    m.personne("directeur"),
    m.personne("operateur"),
  ]);
  const [citerne] = m.citernes;
  const actif = await mettreEnVigueur(m, citerne);
  const preparer = () =>
    directeur.call<{ id: string }>("POST", "referentiels/baremes", {
      citerne_id: citerne,
      certificat: "OCC 2027-01",
      valide_du: "2026-01-01",
      hauteur_max_mm: 3000,
    });
  const jauger = () =>
    operateur.call<{ prise_de_hauteur_id: string }>("POST", "stocks/prises-de-hauteur", {
      citerne_id: citerne,
      hauteur_totale_mm: 100,
      hauteur_eau_mm: 2,
      temperature_c: 24,
      densite_a_15_kgm3: 840,
    });
  const regulariser = async () => {
    const { prise_de_hauteur_id } = await jauger();
    return await admin.call("POST", `stocks/prises-de-hauteur/${prise_de_hauteur_id}/regulariser`, {
      motif: "écart constaté au jaugeage",
    });
  };
  await regulariser();
  return {
    "stocks POST /prises-de-hauteur": jauger,
    "stocks POST /prises-de-hauteur/:id/regulariser": async () => {
      await m.recevoir(500);
      return await regulariser();
    },
    "stocks GET /regularisations": () => operateur.call("GET", `stocks/regularisations?depot_id=${m.depot}`),
    "referentiels POST /depots-amis": () =>
      directeur.call("POST", "referentiels/depots-amis", { nom: `Dépôt ami ${crypto.randomUUID()}` }),
    "referentiels GET /depots-amis": () => operateur.call("GET", "referentiels/depots-amis"),
    "referentiels POST /compteurs": () =>
      directeur.call("POST", "referentiels/compteurs", {
        numero: crypto.randomUUID(),
        citerne_id: citerne,
        facteur: 0.9985,
        valide_du: "2026-01-01",
        certificat: "OCC 2026-13",
      }),
    "referentiels GET /compteurs": () => operateur.call("GET", `referentiels/compteurs?depot_id=${m.depot}`),
    "referentiels POST /baremes": preparer,
    "referentiels GET /baremes": () => operateur.call("GET", `referentiels/baremes?depot_id=${m.depot}`),
    "referentiels GET /baremes/:id": () => operateur.call("GET", `referentiels/baremes/${actif.id}`),
    "referentiels GET /baremes-points": () =>
      operateur.call("GET", `referentiels/baremes-points?bareme_id=${actif.id}`),
    "referentiels POST /baremes/:id/points.csv": async () =>
      directeur.call("POST", `referentiels/baremes/${(await preparer()).id}/points.csv`, { csv: CSV }),
    "referentiels POST /baremes/:id/activer": () => Promise.resolve(actif),
  };
}
