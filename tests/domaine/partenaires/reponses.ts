// Answers of the doors of the partners' accounts, one each, for the test that holds them to their shapes.
import type { Monde } from "../../support/monde.ts";

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
    "stocks GET /comptes-partenaires": () =>
      gerant.call("GET", `stocks/comptes-partenaires?depot_id=${m.depot}`),
    "stocks GET /partenaires/:id/releve": () =>
      gerant.call("GET", `stocks/partenaires/${m.partenaire}/releve?${new URLSearchParams(compte)}`),
  };
}
