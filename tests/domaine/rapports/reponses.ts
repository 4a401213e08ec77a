// What the doors of reports and figures answer, for their shapes.
import type { Row } from "../../../ops/pile/client.ts";
import type { Monde } from "../../support/monde.ts";

export async function reponsesDesRapports(m: Monde): Promise<Record<string, () => Promise<unknown>>> {
  const gerant = await m.personne("gerant");
  const archive: Row = await gerant.call("POST", "rapports/archives", { nom: "mensuel", depot_id: m.depot });
  const abonnement: Row = await gerant.call("POST", "rapports/abonnements", {
    nom: "journalier",
    depot_id: m.depot,
  });
  return {
    "rapports GET /abonnements": () => gerant.call("GET", "rapports/abonnements"),
    "rapports POST /abonnements": () => Promise.resolve(abonnement),
    "rapports POST /abonnements/:id/arreter": () =>
      gerant.call("POST", `rapports/abonnements/${abonnement.id}/arreter`),
    "rapports GET /": () => gerant.call("GET", "rapports"),
    "rapports GET /:nom": () => gerant.call("GET", `rapports/journalier?depot_id=${m.depot}`),
    "rapports GET /archives": () => gerant.call("GET", `rapports/archives?depot_id=${m.depot}`),
    "rapports GET /archives/:id": () => gerant.call("GET", `rapports/archives/${archive.id}`),
    "rapports POST /archives": () => Promise.resolve(archive),
    "kpi GET /jour": () => gerant.call("GET", `kpi/jour?depot_id=${m.depot}`),
    "kpi GET /finance": () => gerant.call("GET", `kpi/finance?depot_id=${m.depot}`),
  };
}
