import assert from "node:assert/strict";
import { monde, test } from "../support/monde.ts";

test("REST says no in the same words as the doors: code, sentence, status", async () => {
  const m = await monde();
  const lecture = await m.personne("lecture");
  const { error, status: http } = await lecture.supabase.from("sorties_produit")
    .insert({
      citerne_id: m.citernes[0],
      produit_id: m.produit,
      volume_ambiant: 1,
      temperature_ambiante_c: 15,
    });
  assert.equal(http, 403);
  assert.equal(error!.message, "ROLE_FORBIDDEN");
  assert.equal(error!.hint, "Votre rôle ne permet pas cette action.");
});

test("through REST too, columns of the server cannot be forged", async () => {
  const m = await monde();
  const operateur = await m.personne("operateur");
  const somebody = crypto.randomUUID();
  const sortie = {
    citerne_id: m.citernes[0],
    produit_id: m.produit,
    volume_ambiant: 1,
    temperature_ambiante_c: 15,
  };
  for (
    const forged of [
      { depot_id: somebody },
      { created_by: somebody },
      { validated_by: somebody },
      { methode_15c: "MPMS" },
      { vcf: 2 },
    ]
  ) {
    const { error } = await operateur.supabase.from("sorties_produit").insert({ ...sortie, ...forged });
    assert.equal(error?.code, "42501", JSON.stringify(forged));
  }
  // Where the app of today sends who it is, what it says is not what counts.
  const { data, error } = await operateur.supabase.from("receptions").insert({
    cours_de_route_id: await m.camionArrive(),
    citerne_id: m.citernes[0],
    volume_ambiant: 1,
    temperature_ambiante_c: 20,
    created_by: somebody,
    validated_by: somebody,
  }).select("created_by, validated_by").single();
  assert.equal(error, null);
  const { data: { user } } = await operateur.supabase.auth.getUser();
  assert.deepEqual([data!.created_by, data!.validated_by], [user!.id, user!.id]);
});
