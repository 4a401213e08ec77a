// Answers of the doors of the partners' accounts, one each, for the test that holds them to their shapes.
import { type Monde, sql } from "../../support/monde.ts";

export async function comptesPartenaires(m: Monde): Promise<Record<string, () => Promise<unknown>>> {
  const [admin, gerant] = await Promise.all([m.personne("admin"), m.personne("gerant")]);
  const [citerne_id] = m.citernes;
  const { id: initial } = await admin.call("POST", "stocks/initiaux", {
    citerne_id,
    proprietaire_type: "PARTENAIRE",
    volume_ambiant: 100,
    volume_15c: 99,
    motif: "essai des formes",
  });
  await gerant.call("POST", "receptions", {
    citerne_id,
    proprietaire_type: "PARTENAIRE",
    partenaire_id: m.partenaire,
    volume_ambiant: 100,
    temperature_ambiante_c: 15,
  });
  await m.recevoir(1000);
  await sql`update public.depots set code = translate(upper(substr(md5(id::text), 1, 6)), '0123456789', 'GHIJKLMNOP')
             where id = ${m.depot} and code is null`;
  const cession = (pret_id: string) => ({
    citerne_id,
    partenaire_id: m.partenaire,
    sens: "VERS_PARTENAIRE",
    nature: "EMPRUNT",
    volume_15c: 10,
    pret_id,
    motif: "essai des formes",
  });
  const pret = () =>
    gerant.call<{ id: string }>("POST", "stocks/prets", {
      depot_id: m.depot,
      produit_id: m.produit,
      partenaire_id: m.partenaire,
      sens: "PRETE",
      quantite_15c: 100,
      echeance: "2035-01-01",
      motif: "essai des formes",
    });
  const part = { partenaire_id: m.partenaire, volume_ambiant: 50, volume_15c: 49 };
  const compte = { depot_id: m.depot, produit_id: m.produit };
  return {
    "stocks POST /initiaux/:id/partenaires": () =>
      admin.call("POST", `stocks/initiaux/${initial}/partenaires`, { partenaires: [part] }),
    "stocks POST /attributions": () =>
      admin.call("POST", "stocks/attributions", {
        ...compte,
        partenaire_id: m.partenaire,
        volume_15c: 5,
        motif: "essai des formes",
      }),
    "stocks POST /periodes": () =>
      gerant.call("POST", "stocks/periodes", { depot_id: m.depot, jour: "2020-03-01" }),
    "stocks POST /periodes/:id/rouvrir": async () => {
      const { id } = await gerant.call("POST", "stocks/periodes", { depot_id: m.depot, jour: "2020-03-02" });
      return admin.call("POST", `stocks/periodes/${id}/rouvrir`, { motif: "essai des formes" });
    },
    "stocks GET /periodes": () => gerant.call("GET", `stocks/periodes?depot_id=${m.depot}`),
    "stocks POST /cessions": async () => gerant.call("POST", "stocks/cessions", cession((await pret()).id)),
    "stocks GET /cessions": () => gerant.call("GET", `stocks/cessions?depot_id=${m.depot}`),
    "stocks POST /prets": pret,
    "stocks GET /prets": () => gerant.call("GET", `stocks/prets?depot_id=${m.depot}`),
    "stocks POST /prets/:id/mouvements": async () => {
      const { id: mouvement_id } = await m.rediger(10, { client_id: null, partenaire_id: m.partenaire });
      await gerant.call("POST", `sorties/${mouvement_id}/valider`, {});
      return gerant.call("POST", `stocks/prets/${(await pret()).id}/mouvements`, {
        mouvement_type: "SORTIE",
        mouvement_id,
      });
    },
    "stocks GET /prets-mouvements": () => gerant.call("GET", `stocks/prets-mouvements?depot_id=${m.depot}`),
    "stocks GET /comptes-partenaires": () =>
      gerant.call("GET", `stocks/comptes-partenaires?depot_id=${m.depot}`),
    "stocks GET /partenaires/:id/releve": () =>
      gerant.call("GET", `stocks/partenaires/${m.partenaire}/releve?${new URLSearchParams(compte)}`),
  };
}
