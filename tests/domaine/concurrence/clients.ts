// Eight people at eight connections, each making the next request as soon as they have an answer to the last.
import postgres from "postgres";
import { claims, type Depot, litres } from "./depot.ts";
import type { Refus } from "./modele.ts";
import type { Operation } from "./operations.ts";

export const CLIENTS = 8;

/**
 * What a caller was told. `debut` and `fin` are ticks of one clock: of two requests, one may have ended before the
 * other began.
 */
export interface Issue {
  op: Operation;
  debut: number;
  fin: number;
  /** "inconnue": the connection was lost before an answer. */
  reponse: "acceptee" | "refusee" | "inconnue";
  refus?: Refus;
  /** Stock of the tank and owner as the transaction read it just before its end. */
  lu?: { stock_ambiant: string | null; stock_15c: string | null };
}

/** Eight people, each at a connection of their own. */
export interface Gens {
  connexions: postgres.ReservedSql[];
  /** Rejects when a connection is lost: the library forgets the statements that had not been sent yet. */
  perdue: Promise<never>;
  partir(): Promise<void>;
}

export async function arriver(url: string): Promise<Gens> {
  let perdre: (error: Error) => void;
  const perdue = new Promise<never>((_, reject) => perdre = reject);
  perdue.catch(() => {});
  const sql = postgres(url, {
    max: CLIENTS,
    onnotice: () => {},
    onclose: () => perdre(Object.assign(new Error("connexion perdue"), { code: "CONNECTION_CLOSED" })),
  });
  return {
    connexions: await Promise.all(Array.from({ length: CLIENTS }, () => sql.reserve())),
    perdue,
    partir: () => sql.end({ timeout: 0 }),
  };
}

function actes(tx: postgres.Sql, depot: Depot, op: Operation): PromiseLike<unknown>[] {
  const brouillon = (o: Extract<Operation, { beneficiaire: boolean }>) =>
    tx`
      insert into public.sorties_produit (id, citerne_id, client_id, proprietaire_type, partenaire_id, volume_ambiant,
                                          temperature_ambiante_c, date_sortie)
      values (${o.id}, ${depot.citernes[o.citerne]!}, ${
      o.beneficiaire ? depot.client : null
    }, ${o.proprietaire},
              ${o.proprietaire === "PARTENAIRE" ? depot.partenaire : null}, ${litres(o.ml)}, ${o.celsius},
              ${`${o.jour} 12:00+02`})`;
  switch (op.genre) {
    case "reception":
      return [tx`
        insert into public.receptions (id, cours_de_route_id, citerne_id, proprietaire_type, partenaire_id,
                                       volume_ambiant, temperature_ambiante_c, date_reception)
        values (${op.id}, ${op.camion}, ${depot.citernes[op.citerne]!}, ${op.proprietaire},
                ${op.proprietaire === "PARTENAIRE" ? depot.partenaire : null}, ${
        litres(op.ml)
      }, ${op.celsius},
                ${op.jour})`];
    case "redaction":
      return [brouillon(op)];
    case "sortie":
      return [brouillon(op), tx`select public.validate_sortie(${op.id})`];
    case "validation":
      return [tx`select public.validate_sortie(${op.id})`];
    case "rejet":
      return [tx`select public.rejeter_sortie(${op.id}, 'essai')`];
    case "ajustement":
      return [tx`
        insert into public.stocks_adjustments (id, mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason)
        values (${op.id}, ${op.type}, ${op.mouvement}, ${litres(op.deltaAmbiant)}, ${
        litres(op.delta15)
      }, ${op.motif})`];
    case "compensation":
      return [
        op.type === "RECEPTION"
          ? tx`select public.admin_compensate_reception(${op.mouvement}, ${op.motif})`
          : tx`select public.admin_compensate_sortie(${op.mouvement}, ${op.motif})`,
      ];
    case "reconstruction":
      return [tx`select public.rebuild_stocks_journaliers(${depot.id}, '2020-01-01', '2999-12-31')`];
    case "transfert":
      return [tx`
        insert into public.transferts (id, citerne_source_id, citerne_destination_id, proprietaire_type, volume_ambiant,
                                       temperature_ambiante_c, date_jour)
        values (${op.id}, ${depot.citernes[op.citerne]!}, ${depot.citernes[op.vers]!}, ${op.proprietaire},
                ${litres(op.ml)}, ${op.celsius}, ${op.jour})`];
  }
}

/**
 * One request, one transaction, as this person, sent in one go: where a statement is refused, those after it fail and
 * the commit undoes.
 */
async function demander(sql: postgres.Sql, depot: Depot, op: Operation): Promise<Issue["lu"]> {
  const citerne = "citerne" in op ? depot.citernes[op.citerne]! : null;
  const proprietaire = "proprietaire" in op ? op.proprietaire : null;
  // Last, while this transaction still holds the lock of its tank: hence the order of the acts, tank by tank.
  const noter = () =>
    sql`
      with fait as (insert into ${
      sql(`${depot.carnet}.faits`)
    } (operation) values (${op.numero}) returning ordre)
      select s.stock_ambiant, s.stock_15c
        from fait left join public.stocks_snapshot s
               on s.citerne_id = ${citerne} and s.proprietaire_type = ${proprietaire}`;
  const answers = await Promise.all([
    sql`begin`,
    sql`select set_config('request.jwt.claims', ${claims(depot, op.role)}, true),
               set_config('role', 'authenticated', true)`,
    ...actes(sql, depot, op),
    noter(),
    sql`commit`,
  ]);
  return (answers.at(-2) as unknown as [Issue["lu"]])[0];
}

const PERDUE = /^(CONNECTION_|ECONN|EPIPE|57P0[123])/;

/** Makes these requests from all connections at once; `surReponse` hears of each answer as it comes. */
export async function charger(
  { connexions, perdue }: Gens,
  depot: Depot,
  operations: Operation[],
  horloge: { tic: number },
  surReponse: () => void = () => {},
): Promise<Issue[]> {
  const file = [...operations], issues: Issue[] = [];
  let coupe = false;
  const client = async (connexion: postgres.ReservedSql) => {
    for (let op; !coupe && (op = file.shift());) {
      const debut = horloge.tic++;
      let issue: Pick<Issue, "reponse" | "refus" | "lu">;
      try {
        issue = { reponse: "acceptee", lu: await Promise.race([demander(connexion, depot, op), perdue]) };
      } catch (error) {
        const { code = "", message, detail } = error as postgres.PostgresError;
        if (code.startsWith("PT")) {
          issue = { reponse: "refusee", refus: { code: message, valeurs: JSON.parse(detail ?? "{}") } };
        } else if (PERDUE.test(code)) {
          issue = { reponse: "inconnue" };
          coupe = true;
        } else {
          // A deadlock, a serialization failure, a broken constraint: no caller may ever see one.
          throw new Error(`${code} ${message} (${detail ?? ""}) : ${JSON.stringify(op)}`, { cause: error });
        }
      }
      issues.push({ op, debut, fin: horloge.tic++, ...issue });
      surReponse();
    }
  };
  await Promise.all(connexions.map(client));
  return issues;
}
