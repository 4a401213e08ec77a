// Orders of locks that could make a circle, forced one step at a time: no sleeping, each step waits to see the last.
import assert from "node:assert/strict";
import { test } from "../../support/monde.ts";
import { avecSessions, recevoir, type Session } from "./sessions.ts";

const corriger = (s: Session, receptions: string[]) =>
  s.dire(
    `insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason)
     select 'RECEPTION', id, 1, 1, 'essai de verrous'
       from unnest($1::uuid[]) with ordinality as l (id, rang) order by rang`,
    [receptions],
  );

test("the first litre of an owner comes into a tank while others are at it: nobody sees a deadlock", async () => {
  await avecSessions(async (d, session, camions) => {
    const citerne = d.citernes[0]!;
    const [un, deux, trois] = await camions(3) as [string, string, string];
    const prepare = await session();
    const partenaire = await recevoir(prepare, d, [{ camion: un, citerne, proprietaire: "PARTENAIRE" }]);
    const [brouillon] = await prepare.dire<{ id: string }>(
      "insert into public.sorties_produit (temperature_ambiante_c, citerne_id, client_id, volume_ambiant) values (15, $1, $2, 10) returning id",
      [citerne, d.client],
    );
    await prepare.dire("commit");

    const [premiere, apres, sortie, derniere] = [
      await session(),
      await session(),
      await session(),
      await session(),
    ];
    // The owner's first row, not yet committed. Behind it, in this order, a correction and a sortie of that owner.
    await recevoir(premiere, d, [{ camion: deux, citerne }]);
    const a = corriger(apres, partenaire);
    await apres.attend();
    const s = sortie.dire("select public.validate_sortie($1)", [brouillon!.id]);
    await sortie.attend();
    await premiere.dire("commit");
    // Either may be next: the correction's foreign key already holds the row, which lets PostgreSQL skip the queue.
    await Promise.race([a, s]);
    // Somebody who sees both rows begins with the new one, which the sortie in the queue has never seen.
    const r = recevoir(derniere, d, [{ camion: trois, citerne, proprietaire: "PARTENAIRE" }]);
    await derniere.attend();
    await Promise.all([
      a.then(() => apres.dire("commit")),
      s.then(() => sortie.dire("commit")),
      r.then(() => derniere.dire("commit")),
    ]);
  });
});

test("trucks that fill the same tanks in opposite orders wait for each other, and never in a circle", async () => {
  await avecSessions(async (d, session, camions) => {
    const tanks = d.citernes.slice(0, 3);
    const [un, deux, trois] = await camions(3) as [string, string, string];
    const [milieu, aller, retour] = [await session(), await session(), await session()];
    // Whoever begins at either end meets this one in the middle, and holds its own end meanwhile.
    await recevoir(milieu, d, [{ camion: un, citerne: tanks[1]! }]);
    const x = recevoir(aller, d, tanks.map((citerne) => ({ camion: deux, citerne })));
    await aller.attend();
    const y = recevoir(retour, d, tanks.toReversed().map((citerne) => ({ camion: trois, citerne })));
    await retour.attend();
    await Promise.all([
      milieu.dire("commit"),
      x.then(() => aller.dire("commit")),
      y.then(() => retour.dire("commit")),
    ]);
  });
});

test("corrections of the same movements in opposite orders wait for each other, and never in a circle", async () => {
  await avecSessions(async (d, session, camions) => {
    const prepare = await session();
    const receptions: string[] = [];
    for (const [i, camion] of (await camions(3)).entries()) {
      receptions.push(...await recevoir(prepare, d, [{ camion, citerne: d.citernes[i]! }]));
    }
    await prepare.dire("commit");
    const [milieu, aller, retour] = [await session(), await session(), await session()];
    await corriger(milieu, [receptions[1]!]);
    const x = corriger(aller, receptions);
    await aller.attend();
    const y = corriger(retour, receptions.toReversed());
    await retour.attend();
    await Promise.all([
      milieu.dire("commit"),
      x.then(() => aller.dire("commit")),
      y.then(() => retour.dire("commit")),
    ]);
  });
});

test("sorties inserted as validated in opposite orders of tanks wait for each other, and never in a circle", async () => {
  await avecSessions(async (d, session, camions) => {
    const tanks = d.citernes.slice(0, 3);
    const prepare = await session();
    for (const [i, camion] of (await camions(3)).entries()) {
      await recevoir(prepare, d, [{ camion, citerne: tanks[i]! }], 50_000);
    }
    await prepare.dire(
      "select public.definir_flag('sortie_directe_compat', true, array[$1::uuid], '{}')",
      [d.id],
    );
    await prepare.dire("commit");
    const sortir = (s: Session, citernes: string[]) =>
      s.dire(
        `insert into public.sorties_produit (temperature_ambiante_c, citerne_id, client_id, volume_ambiant, statut)
         select 15, citerne, $2, 10, 'validee' from unnest($1::uuid[]) with ordinality as l (citerne, rang) order by rang`,
        [citernes, d.client],
      );
    const [milieu, aller, retour] = [await session(), await session(), await session()];
    await sortir(milieu, [tanks[1]!]);
    const x = sortir(aller, tanks);
    await aller.attend();
    const y = sortir(retour, tanks.toReversed());
    await retour.attend();
    await Promise.all([
      milieu.dire("commit"),
      x.then(() => aller.dire("commit")),
      y.then(() => retour.dire("commit")),
    ]);
  });
});

test("a writer whose transaction sees the past does not fill a tank beyond its capacity", async () => {
  await avecSessions(async (d, session, camions) => {
    const [un, deux] = await camions(2) as [string, string];
    const citerne = d.citernes[0]!;
    const [passe, present] = [await session("repeatable read"), await session()];
    await passe.dire("select from public.depots");
    await recevoir(present, d, [{ camion: un, citerne }], 60_000);
    await present.dire("commit");
    // 60 000 L of one owner that it cannot see, and 60 000 of the other: the tank takes 90 000.
    await assert.rejects(
      recevoir(passe, d, [{ camion: deux, citerne, proprietaire: "PARTENAIRE" }], 60_000),
      {
        message: "ISOLATION_INTERDITE",
      },
    );
  });
});

const reduire = (s: Session, citerne: string, litres: number) =>
  s.dire("update public.citernes set capacite_totale = $2 where id = $1", [citerne, litres]);

test("a tank is not made smaller than what is just coming in", async () => {
  await avecSessions(async (d, session, camions) => {
    const [un] = await camions(1) as [string];
    const citerne = d.citernes[0]!;
    const [entree, reduction] = [await session(), await session()];
    await recevoir(entree, d, [{ camion: un, citerne }], 60_000);
    const smaller = reduire(reduction, citerne, 50_000);
    await reduction.attend();
    await entree.dire("commit");
    await assert.rejects(smaller, { message: "CAPACITE_SOUS_LE_STOCK" });
  });
});

test("fuel does not come into a tank that is just being made smaller", async () => {
  await avecSessions(async (d, session, camions) => {
    const [un] = await camions(1) as [string];
    const citerne = d.citernes[0]!;
    const [entree, reduction] = [await session(), await session()];
    await reduire(reduction, citerne, 50_000);
    const reception = recevoir(entree, d, [{ camion: un, citerne }], 60_000);
    await entree.attend();
    await reduction.dire("commit");
    await assert.rejects(reception, { message: "CITERNE_PLEINE" });
  });
});
