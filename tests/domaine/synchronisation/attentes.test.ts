// What an act that waits is told: that it waits, for what, and where waiting would never end, so.
import assert from "node:assert/strict";
import { monde, sql, stock, test } from "../../support/monde.ts";
import { type Acte, AVANT, cle, dites, envoyer, ilYA, lotDe, sortie } from "./telephone.ts";

test("acts that wait for one another are refused, and only they: what follows a circle waits for it, the rest is done", async () => {
  const m = await monde();
  const gerant = await m.personne("gerant");
  const [soi, un, autre, suit] = [cle(), cle(), cle(), cle()];
  const valider = (sa: string, de: string, more = {}) => ({
    cle: sa,
    acte: `sorties/@${de}/valider`,
    moment: ilYA(1),
    ...more,
  });
  const lot = lotDe([
    valider(soi, soi),
    valider(un, autre),
    valider(autre, cle(), { apres: [un] }),
    valider(suit, un),
    sortie(m, 10, { apres: [suit] }),
    {
      cle: cle(),
      acte: "stocks/prises-de-hauteur",
      moment: ilYA(1),
      corps: { citerne_id: m.citernes[0], volume_mesure: 0, temperature_c: 15 },
    },
  ]);
  const voulues = [...Array(3).fill("ACTES_EN_CERCLE"), "ACTE_DEPENDANT", "ACTE_DEPENDANT"];
  const premier = await envoyer(gerant, lot);
  assert.deepEqual(dites(premier), [...voulues, "applique"]);
  const [, refuse] = premier.actes;
  assert.deepEqual([refuse!.etat, refuse!.depend_de], ["refuse", autre]);
  assert.match(refuse!.probleme!.detail, /l'attend lui-même/);
  assert.match(refuse!.probleme!.conduite, /clés neuves/);
  assert.deepEqual(dites(await envoyer(gerant, lot)), [...voulues, "deja_applique"]);
});

test("a circle across batches is told as soon as it closes, to each batch, and ends where one of them is taken out", async () => {
  const m = await monde();
  await m.recevoir(1_000, AVANT);
  const gerant = await m.personne("gerant");
  const [une, autre, tierce] = [cle(), cle(), cle()];
  const lots = [
    lotDe([sortie(m, 10, { cle: une, apres: [autre] }), sortie(m, 1)]),
    lotDe([sortie(m, 20, { cle: autre, apres: [tierce] }), sortie(m, 2)]),
    lotDe([sortie(m, 40, { cle: tierce, apres: [une] }), sortie(m, 4)]),
  ];
  const dits = async () => {
    const tous = [];
    for (const lot of lots) tous.push(...dites(await envoyer(gerant, lot)));
    return tous;
  };
  const DEJA = "deja_applique";
  assert.deepEqual(await dits(), [
    ...["ACTE_ATTENDU", "applique", "ACTE_ATTENDU", "applique", "ACTES_EN_CERCLE", "applique"],
  ]);
  assert.deepEqual(await dits(), Array(3).fill(["ACTES_EN_CERCLE", DEJA]).flat());
  const reste = async () => (await stock(gerant, m.citernes[0])).MONALUXE!.stock_ambiant;
  assert.equal(await reste(), 993);
  const alertes = await sql`
    select cible_id from public.log_actions
     where action = 'ACTE_DIFFERE_REFUSE' and cible_id = any (${[une, autre, tierce]}::uuid[])`;
  assert.equal(alertes.length, 3);
  // The third sent again without what it waited for: the others follow, each after the one it waits for.
  const [libre, ...suite] = lots[2]!.actes as Acte[];
  lots[2] = { ...lots[2]!, actes: [{ ...libre!, apres: [] }, ...suite] };
  for (let tour = 0; tour < 3; tour++) await dits();
  assert.deepEqual(await dits(), Array(6).fill(DEJA));
  assert.equal(await reste(), 923);
});

test("what follows an act that never came is refused once that one would be too old to come", async () => {
  const m = await monde();
  await m.recevoir(1_000, { date_reception: ilYA(40 * 24).slice(0, 10) });
  const gerant = await m.personne("gerant");
  const lot = lotDe([sortie(m, 10, { apres: [cle()], moment: ilYA(29 * 24) })]);
  const attend = await envoyer(gerant, lot);
  assert.deepEqual([...dites(attend), attend.actes[0]!.etat], ["ACTE_ATTENDU", "en_attente"]);
  // Two days later.
  await sql`update private.actes_differes
               set (fait_le, recu_le) = (fait_le - interval '2 days', recu_le - interval '2 days')
             where lot_id = ${lot.lot}`;
  const perdu = await envoyer(gerant, lot);
  assert.deepEqual([...dites(perdu), perdu.actes[0]!.etat], ["PRECEDENT_PERDU", "refuse"]);
  assert.match(perdu.actes[0]!.probleme!.detail, /30 jours/);
});

test("what came and waits still is told, the next night, to who answers for the depot, whose telephone it was", async () => {
  const m = await monde();
  const gerant = await m.personne("gerant");
  const lot = lotDe([sortie(m, 10, { apres: [cle()] }), sortie(m, 20)]);
  assert.deepEqual(dites(await envoyer(gerant, lot)), ["ACTE_ATTENDU", "SORTIE_STOCK_INTROUVABLE"]);
  const dits = () =>
    sql`select f.message, f.payload ->> 'combien' as combien from private.controles_synchronisation() f
         where f.depot_id = ${m.depot}`;
  assert.deepEqual([...await dits()], []);
  await sql`update private.actes_differes set recu_le = recu_le - interval '13 hours' where lot_id = ${lot.lot}`;
  const [{ message, combien } = {}] = await dits();
  assert.equal(combien, "1");
  assert.match(message, /gerant .*Téléphone d'essai.*n'est pas encore arrivé/);
});
