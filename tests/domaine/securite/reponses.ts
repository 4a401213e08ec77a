// One answer a door of the second factor, as people of a world of its own are given them.
import { type Monde, monde } from "../../support/monde.ts";
import { code, inscrire, sub } from "./codes.ts";

export async function reponsesDeSecurite(m: Monde): Promise<Record<string, () => Promise<unknown>>> {
  const [admin, perdu] = [await m.personne("admin"), await (await monde()).personne("admin")];
  await inscrire(perdu);
  const inscription = await admin.call<{ secret: string }>("POST", "securite/totp/inscrire", {});
  const confirmation = await admin.call<{ codes: string[] }>("POST", "securite/totp/confirmer", {
    code: code(inscription.secret),
  });
  return {
    "securite GET /facteur": () => admin.call("GET", "securite/facteur"),
    "securite POST /totp/inscrire": () => Promise.resolve(inscription),
    "securite POST /totp/confirmer": () => Promise.resolve(confirmation),
    "securite POST /totp/prouver": () =>
      admin.call("POST", "securite/totp/prouver", { code: code(inscription.secret, 1) }),
    "securite POST /codes-secours/prouver": () =>
      admin.call("POST", "securite/codes-secours/prouver", { code: confirmation.codes[0] }),
    "securite POST /codes-secours": () => perdu.call("POST", "securite/codes-secours", {}),
    "securite POST /facteurs/:user_id/reinitialiser": async () =>
      admin.call("POST", `securite/facteurs/${await sub(perdu)}/reinitialiser`, {
        motif: "essai des formes",
      }),
  };
}
