import assert from "node:assert/strict";
import { monde, test } from "../support/monde.ts";

test("REST says no in the same words as the doors: code, sentence, status", async () => {
  const m = await monde();
  const lecture = await m.personne("lecture");
  const { error, status: http } = await lecture.supabase.from("sorties_produit")
    .insert({ citerne_id: m.citernes[0], produit_id: m.produit, volume_ambiant: 1 });
  assert.equal(http, 403);
  assert.equal(error!.message, "ROLE_FORBIDDEN");
  assert.equal(error!.hint, "Votre rôle ne permet pas cette action.");
});

test("through REST too, columns of the server cannot be forged", async () => {
  const m = await monde();
  const operateur = await m.personne("operateur");
  const somebody = crypto.randomUUID();
  const { data, error } = await operateur.supabase.from("sorties_produit").insert({
    citerne_id: m.citernes[0],
    produit_id: m.produit,
    depot_id: somebody,
    created_by: somebody,
    validated_by: somebody,
    methode_15c: "MPMS",
    vcf: 2,
    volume_ambiant: 1,
  }).select().single();
  assert.equal(error, null);
  const { data: me } = await operateur.supabase.auth.getUser();
  assert.deepEqual(
    [data.created_by, data.validated_by, data.methode_15c, data.vcf, data.depot_id, data.statut],
    [me.user!.id, null, null, null, m.depot, "brouillon"],
  );
});
