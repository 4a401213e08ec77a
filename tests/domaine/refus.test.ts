// What a function says it refuses is what it can refuse, computed from the text of every function below it.
import assert from "node:assert/strict";
import { type Fonction, lireSchema, refusAtteints, refusDits } from "../../developpement/refus_atteints.ts";

const schema = await lireSchema();
/** What a client meets: the functions it calls, and those that its writing fires. */
const rencontrees = [...schema.fonctions.values()].filter(({ nom }) =>
  nom.startsWith("public.") ||
  schema.declencheurs.some(({ fonction, table }) => fonction === nom && table.startsWith("public."))
);

const ecart = (fonction: Fonction) => {
  const [atteints, dits] = [refusAtteints(schema, [fonction.nom]), refusDits(schema, fonction)];
  return { tait: [...atteints.difference(dits)], ditEnTrop: [...dits.difference(atteints)] };
};

Deno.test("the comment of a function that a client meets says every code it can raise, and no other", async (t) => {
  assert.ok(rencontrees.length > 30, `${rencontrees.length} fonctions lues : rien n'a été regardé`);
  for (const fonction of rencontrees) {
    await t.step(fonction.nom, () => {
      assert.deepEqual(
        ecart(fonction),
        { tait: [], ditEnTrop: [] },
        `supabase/schemas/${fonction.fichier} : le commentaire de ${fonction.nom} doit dire Raises ${
          [...refusAtteints(schema, [fonction.nom])].join(", ")
        }.`,
      );
    });
  }
});

Deno.test("a refusal added to a rule deep down is missed by the comments of all that reach it", () => {
  const profonde = schema.fonctions.get("private.volume_15c_norme")!;
  profonde.refuse.add("COMPTE_DESACTIVE");
  try {
    for (const nom of ["public.validate_sortie", "private.receptions_avant_insert"]) {
      assert.deepEqual(ecart(schema.fonctions.get(nom)!).tait, ["COMPTE_DESACTIVE"], nom);
    }
  } finally {
    profonde.refuse.delete("COMPTE_DESACTIVE");
  }
});
