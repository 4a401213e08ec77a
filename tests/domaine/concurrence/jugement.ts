// Is what happened what one clerk, working alone, could have done in some order? (linearisability)
//
// The order of what was accepted. Every act that moves a tank holds that tank's lock from its checks to its commit, and
// a draft's or a truck's act that row's lock. The last statement of each transaction, with the locks still held, takes
// a number (`faits.ordre`). So for two acts on one tank, draft or truck the numbers are in the order of their turns;
// acts that share nothing commute. The model does the accepted acts in that order: it must accept each, read the
// stock that the transaction itself read, and end at the stock, journal, documents and log of the database.
//
// A refusal leaves no number, since its transaction is undone. It is justified where the model, in at least one state
// between the request's beginning and its answer, refuses the same with the same figures. The first such state holds
// every act on the same tank, draft or truck that had been answered before the request began, and all with lower
// numbers: had one of those not committed yet, the refused request waited for its lock. The last holds every act that
// began before the answer.
//
// Two refusals need a word more, for there is nothing to wait for where there is no row yet. A sortie may look at a tank
// that never held a litre while the first réception has its number and not yet its commit; somebody may look for a
// draft while its author's insertion has not committed. "No stock", "no such draft" are justified until the act that
// makes the first row has been answered.
import assert from "node:assert/strict";
import type postgres from "postgres";
import { type Depot, millilitres } from "./depot.ts";
import type { Issue } from "./clients.ts";
import { comparer, joursDAjustement } from "./livres.ts";
import { cleCompte, Modele, type Refus } from "./modele.ts";
import type { Operation } from "./operations.ts";

const LITRES = ["demande", "disponible", "volume", "libre", "reste", "capacite_securite"];

interface Acceptee extends Issue {
  ordre: number;
}

/** What an act shares with others: whoever shares none of it can't be told apart from earlier or later. */
function ressources(op: Operation): string[] {
  const all = [op.id];
  if ("citerne" in op && op.genre !== "redaction") all.push(`citerne ${op.citerne}`);
  if (op.genre === "transfert") all.push(`citerne ${op.vers}`);
  if (op.genre === "reception") all.push(op.camion);
  if ("mouvement" in op) all.push(op.mouvement);
  return all;
}

function pareil(attendu: Refus | null, recu: Refus): boolean {
  return attendu?.code === recu.code &&
    Object.entries(attendu.valeurs ?? {}).every(([nom, valeur]) =>
      LITRES.includes(nom)
        ? millilitres(String(recu.valeurs?.[nom])) === valeur
        : recu.valeurs?.[nom] === valeur
    );
}

export class Juge {
  readonly modele = new Modele();
  /** How many of each kind were accepted, or refused and why. */
  readonly bilan = new Map<string, number>();
  /** When the act that first brought stock to a tank and owner, or wrote a draft, was answered. */
  private readonly comptesDits = new Map<string, number>();
  private readonly brouillonsDits = new Map<string, number>();

  constructor(public sql: postgres.Sql, readonly depot: Depot, readonly graine: number) {}

  camionsArrives(ids: string[]): void {
    for (const id of ids) this.modele.camions.set(id, "ARRIVE");
  }

  /** Judges what was asked since the last time; nobody is at work meanwhile. Says how many were done without a word. */
  async juger(issues: Issue[]): Promise<number> {
    const ordres = new Map(
      (await this.sql`
        select operation, ordre::int from ${this.sql(`${this.depot.carnet}.faits`)}
         where operation = any (${issues.map(({ op }) => op.numero)})`).map((f) => [f.operation, f.ordre]),
    );
    const acceptees: Acceptee[] = [];
    for (const issue of issues) {
      const ordre = ordres.get(issue.op.numero);
      // Told "done" and it is there; told "no" and it is not. Told nothing: either, and then wholly, as the books show.
      if (issue.reponse === "acceptee") assert.ok(ordre, `accepté, et perdu : ${this.dire(issue)}`);
      if (issue.reponse === "refusee") assert.ok(!ordre, `refusé, et fait : ${this.dire(issue)}`);
      if (ordre) acceptees.push({ ...issue, ordre });
      const quoi = ordre ? `${issue.op.genre} faite` : issue.refus?.code ?? "perdue";
      this.bilan.set(quoi, 1 + (this.bilan.get(quoi) ?? 0));
    }
    acceptees.sort((a, b) => a.ordre - b.ordre);
    const refusees = issues.filter(({ reponse }) => reponse === "refusee");
    this.rejouer(acceptees, refusees, await joursDAjustement(this.sql, this.depot));
    await comparer(this.sql, this.depot, this.modele);
    return acceptees.filter(({ reponse }) => reponse === "inconnue").length;
  }

  private rejouer(acceptees: Acceptee[], refusees: Issue[], jourDe: (op: Operation) => string): void {
    const rangs = acceptees.map(({ op }) => new Set(ressources(op)));
    // States are counted by how many acts of this batch they hold.
    const ouvertures = new Map<number, { issue: Issue; dernier: number }[]>();
    for (const issue of refusees) {
      const siennes = ressources(issue.op);
      const premier = 1 +
        acceptees.findLastIndex((a, i) =>
          a.reponse === "acceptee" && a.fin < issue.debut && siennes.some((r) => rangs[i]!.has(r))
        );
      const dernier = 1 + acceptees.findLastIndex((a) => a.debut < issue.fin);
      ouvertures.set(premier, [...ouvertures.get(premier) ?? [], {
        issue,
        dernier: Math.max(premier, dernier),
      }]);
    }

    let ouvertes: { issue: Issue; dernier: number; attendus: (Refus | null)[] }[] = [];
    for (let rang = 0; rang <= acceptees.length; rang++) {
      if (rang > 0) this.faire(acceptees[rang - 1]!, jourDe);
      ouvertes.push(...(ouvertures.get(rang) ?? []).map((o) => ({ ...o, attendus: [] })));
      ouvertes = ouvertes.filter((o) => {
        const attendu = this.modele.verdict(o.issue.op);
        if (pareil(attendu, this.refusDe(o.issue)) || this.pasEncoreDit(o.issue)) return false;
        o.attendus.push(attendu);
        assert.ok(
          rang < o.dernier,
          `refus que rien ne justifie : ${this.dire(o.issue)}\nattendu, selon le moment : ${
            JSON.stringify(o.attendus)
          }`,
        );
        return true;
      });
    }
  }

  private faire(acceptee: Acceptee, jourDe: (op: Operation) => string): void {
    const { op, lu, fin } = acceptee;
    assert.equal(this.modele.verdict(op), null, `accepté à tort : ${this.dire(acceptee)}`);
    this.modele.appliquer(op, jourDe(op));
    for (const cle of this.modele.comptes.keys()) {
      if (!this.comptesDits.has(cle)) this.comptesDits.set(cle, fin);
    }
    if (op.genre === "redaction") this.brouillonsDits.set(op.id, fin);
    // Nothing was read where the connection was lost before the answer.
    if (!("citerne" in op) || op.genre === "redaction" || !lu) return;
    const stock = this.modele.stock(op.citerne, op.proprietaire)!;
    assert.deepEqual(
      [millilitres(lu.stock_ambiant!), millilitres(lu.stock_15c!)],
      [stock.ambiant, stock.a15],
      `stock lu sous le verrou : ${this.dire(acceptee)}`,
    );
  }

  private refusDe({ debut, refus }: Issue): Refus {
    // No stock anywhere, in any depot: then none in this tank, and nothing here had been answered yet.
    const rienEncore = ![...this.comptesDits.values()].some((fin) => fin < debut);
    return refus!.code === "SNAPSHOT_VIDE" && rienEncore ? { code: "SORTIE_STOCK_INTROUVABLE" } : refus!;
  }

  /** Refused for the want of a row that nobody had yet been told of. */
  private pasEncoreDit(issue: Issue): boolean {
    const { op, debut } = issue;
    const tu = (dits: Map<string, number>, cle: string) =>
      (dits.get(cle) ?? 0) > debut &&
      pareil(this.modele.sans(cle, () => this.modele.verdict(op)), this.refusDe(issue));
    return tu(this.brouillonsDits, op.id) ||
      ("citerne" in op && tu(this.comptesDits, cleCompte(op.citerne, op.proprietaire)));
  }

  private dire({ op, debut, fin, reponse, refus, lu }: Issue): string {
    return `HISTOIRE_SEED=${this.graine} ${JSON.stringify({ op, debut, fin, reponse, refus, lu })}`;
  }
}
