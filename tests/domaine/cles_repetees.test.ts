import assert from "node:assert/strict";
import fc from "fast-check";
import { cleRepetee } from "../../supabase/functions/_shared/cles_repetees.ts";
import { caractere } from "../support/caracteres.ts";

const nom = fc.string({ unit: caractere, maxLength: 5 });
const { objet } = fc.letrec<{ objet: object; valeur: unknown }>((tie) => ({
  objet: fc.array(fc.tuple(nom, tie("valeur")), { maxLength: 4 }).map((paires) => Object.fromEntries(paires)),
  valeur: fc.oneof(
    { maxDepth: 4 },
    nom,
    fc.integer(),
    tie("objet"),
    fc.array(tie("valeur"), { maxLength: 3 }),
  ),
}));

Deno.test("a name said twice in one object is found wherever it lies, and no other", () => {
  fc.assert(fc.property(objet, nom, fc.boolean(), (un, double, espace) => {
    const text = JSON.stringify(un, null, espace ? 2 : 0);
    assert.equal(cleRepetee(text, JSON.parse(text)), undefined);
    const [cle, entoure] = [JSON.stringify(double), `{"autour": [${text}, {`];
    const repete = `${entoure}${cle} : 1, "entre": ":", ${cle}: ${text}}]}`;
    assert.equal(cleRepetee(repete, JSON.parse(repete)), double);
  }));
});
