import assert from "node:assert/strict";
import { z } from "zod";
import { fromZod } from "../../supabase/functions/_shared/problems.ts";
import { Litres, Texte } from "../../supabase/functions/_shared/schemas.ts";
import { direFautes } from "../../supabase/functions/_shared/shape_faults.ts";
import { porteur } from "../support/jetons.ts";
import { fetchPorte, monde, test, token } from "../support/monde.ts";

test("what a shape refuses is said in words that a clerk has", async (t) => {
  const m = await monde();
  const gerant = await m.personne("gerant");
  const demandes: [string, string, RegExp][] = [
    ["stocks/journaliers?limit=abc", "limit", /^un nombre est attendu$/],
    ["receptions?du=28/11/2026", "du", /^une date est attendue, écrite 2026-11-28$/],
    ["sorties/xyz", "id", /^un identifiant est attendu/],
    ["stocks/actuel?citerne_id=TANK1", "citerne_id", /^un identifiant est attendu/],
  ];
  for (const [adresse, path, phrase] of demandes) {
    await t.step(adresse, async () => {
      const answer = await fetchPorte(adresse, { headers: porteur(await token(gerant)) });
      const { errors } = await answer.json() as { errors: { path: string; message: string }[] };
      assert.equal(answer.status, 422);
      assert.equal(errors.length, 1, "told once");
      assert.equal(errors[0]!.path, path);
      assert.match(errors[0]!.message, phrase);
    });
  }
});

test("a field of another kind, or none, is told as such in words that a clerk has", async () => {
  const m = await monde();
  const answer = await fetchPorte("sorties", {
    method: "POST",
    headers: { ...porteur(await token(await m.personne("gerant"))), "content-type": "application/json" },
    body: JSON.stringify({ client_id: 12, volume_ambiant: {}, temperature_ambiante_c: [], note: true }),
  });
  const { errors } = await answer.json() as { errors: { path: string; message: string }[] };
  assert.equal(answer.status, 422);
  const dit = Object.fromEntries(errors.map(({ path, message }) => [path, message]));
  assert.deepEqual(dit, {
    citerne_id: "champ obligatoire",
    client_id: "un texte est attendu",
    volume_ambiant: "un nombre est attendu",
    temperature_ambiante_c: "un nombre est attendu",
    note: "un texte est attendu",
  });
});

Deno.test("a bound, a choice and a pattern are told once, in words and figures that a clerk has", () => {
  const formes = z.object({
    note: Texte,
    nom: Texte.min(1),
    litres: Litres,
    jours: z.int().min(0),
    codes: z.array(z.string()).min(1),
    devise: z.enum(["USD", "CDF"]),
    rang: z.string().regex(/^[A-N]$/),
    texte: z.string().min(2),
  });
  const { error } = formes.safeParse({
    note: "x".repeat(2001),
    nom: " ",
    litres: 1e12,
    jours: -1,
    codes: [],
    devise: "EUR",
    rang: "z",
    texte: [],
  }, { error: direFautes });
  const { errors } = fromZod(error!).problem as { errors: { path: string; message: string }[] };
  assert.deepEqual(errors.map(({ path, message }) => `${path} : ${message.replaceAll(/\s/g, " ")}`), [
    "note : au plus 2 000 caractères",
    "nom : champ obligatoire",
    "litres : moins de 1 000 000 000 000",
    "jours : au moins 0",
    "codes : au moins 1 élément",
    "devise : une de ces valeurs est attendue : USD, CDF",
    "rang : ce n'est pas la forme attendue",
    "texte : un texte est attendu",
  ]);
});

test("what is badly sent is refused as VALIDATION, naming the field", async (t) => {
  const m = await monde();
  const headers = porteur(await token(await m.personne("operateur")));
  const good = {
    citerne_id: m.citernes[0],
    client_id: m.client,
    volume_ambiant: 10,
    temperature_ambiante_c: 15,
  };
  const cases: [what: string, body: string, path: string][] = [
    ["no JSON at all", "{", ""],
    ["a list in place of an object", "[]", ""],
    ["an empty body", "", "citerne_id"],
    ["a number sent as text", JSON.stringify({ ...good, volume_ambiant: "10" }), "volume_ambiant"],
    ["a number too large to be one", JSON.stringify(good).replace("15}", "1e999}"), "temperature_ambiante_c"],
    ["NaN", JSON.stringify(good).replace("15}", "NaN}"), ""],
    [
      "a volume beyond what any tank holds",
      JSON.stringify({ ...good, volume_ambiant: 1e12 }),
      "volume_ambiant",
    ],
    [
      "a temperature no product has",
      JSON.stringify({ ...good, temperature_ambiante_c: 900 }),
      "temperature_ambiante_c",
    ],
    ["an id that is none", JSON.stringify({ ...good, citerne_id: "TANK1" }), "citerne_id"],
    ["a client nobody knows", JSON.stringify({ ...good, client_id: crypto.randomUUID() }), "client_id"],
    ["a field nobody knows", JSON.stringify({ ...good, volume: 10 }), "volume"],
    [
      "a column of the server",
      JSON.stringify({ ...good, validated_by: crypto.randomUUID() }),
      "validated_by",
    ],
    ["a date that is none", JSON.stringify({ ...good, date_sortie: "hier" }), "date_sortie"],
  ];
  for (const [what, body, path] of cases) {
    await t.step(what, async () => {
      const answer = await fetchPorte("sorties", { method: "POST", headers, body });
      const problem = await answer.json();
      assert.equal(answer.status, 422, JSON.stringify(problem));
      assert.equal(answer.headers.get("content-type"), "application/problem+json");
      assert.equal(problem.code, "VALIDATION");
      assert.equal(problem.errors[0].path, path);
    });
  }
});

test("a body of more than one megabyte is refused with 413", async () => {
  const m = await monde();
  const answer = await fetchPorte("sorties", {
    method: "POST",
    headers: porteur(await token(await m.personne("operateur"))),
    body: JSON.stringify({ note: "x".repeat(1024 * 1024) }),
  });
  assert.equal(answer.status, 413);
  assert.equal((await answer.json()).code, "DEMANDE_TROP_GRANDE");
});
