// What a client owes rises by their sorties, and by papers that say more than a sortie did: one at a time, an account.
import assert from "node:assert/strict";
import { avecSessions, type Session } from "../concurrence/sessions.ts";
import { test } from "../../support/monde.ts";

const PAPIERS: Record<string, (s: Session, sortie: string) => Promise<unknown>> = {
  "a delivery note that says more than left the tank": (s, sortie) =>
    s.dire(
      `select public.confirmer_bl(public.etablir_bl($1, '{"volume_livre_ambiant": 900}'))`,
      [sortie],
    ),
  "a correction of a sortie by which the client took more": (s, sortie) =>
    s.dire(
      `insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason)
       values ('SORTIE', $1, -5, -5, 'Un index mal relevé')`,
      [sortie],
    ),
};

test("whatever makes a client owe more waits for whoever is asking their limit", async (t) => {
  for (const [quoi, faire] of Object.entries(PAPIERS)) {
    await t.step(quoi, () =>
      avecSessions(async (d, session) => {
        const prepare = await session();
        await prepare.dire(
          "select public.declarer_stock_initial($1, 'MONALUXE', 5000, 5000, 'Stock de départ')",
          [d.citernes[0]],
        );
        const [sortie] = await prepare.dire<{ id: string }>(
          "select (public.creer_et_valider_sortie($1)).id as id",
          [{
            citerne_id: d.citernes[0],
            client_id: d.client,
            volume_ambiant: 500,
            temperature_ambiante_c: 15,
          }],
        );
        await prepare.dire("commit");

        const [limite, papier] = [await session(), await session()];
        // Terms are set, a limit asked, an account written under one mutex: the first of these is the shortest to say.
        await limite.dire(`select public.fixer_conditions_client($1, '{"plafond": 4000}')`, [d.client]);
        const fait = faire(papier, sortie!.id);
        const attendu = await papier.attend();
        await limite.dire("commit");
        await fait;
        assert.ok(attendu, "written beside it");
      }));
  }
});
