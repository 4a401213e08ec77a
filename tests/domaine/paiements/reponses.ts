// A call of each door of online payments, for the shape of its answer.
import { type Monde, status } from "../../support/monde.ts";
import { facturer, jouer, ouvrirOption, type Session } from "./scene.ts";

export async function reponsesDesPaiements(m: Monde): Promise<Record<string, () => Promise<unknown>>> {
  const directeur = await m.personne("directeur");
  await ouvrirOption(m);
  const [payee, autre] = [await facturer(m, directeur), await facturer(m, directeur)];
  const { id, url } = await directeur.call<Session>("POST", `paiements/factures/${payee}/session`, {});
  await jouer(url, "payer");
  const fait = await fetch(`${status.API_URL}/functions/v1/paiements/rapprocher`, {
    method: "POST",
    headers: { authorization: `Bearer ${status.SERVICE_ROLE_KEY}` },
  });
  await fait.body?.cancel();
  return {
    "paiements POST /factures/:id/session": () =>
      directeur.call("POST", `paiements/factures/${autre}/session`, {}),
    "paiements GET /en-ligne": () => directeur.call("GET", `paiements/en-ligne?depot_id=${m.depot}`),
    "paiements GET /en-ligne/:id": () => directeur.call("GET", `paiements/en-ligne/${id}`),
    "paiements GET /rapprochements": () => directeur.call("GET", "paiements/rapprochements"),
  };
}
