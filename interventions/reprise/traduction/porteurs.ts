// Which movements an adjustment of the takeover names. None is turned around by it while another can bear the litres: a
// movement may be taken back down to nothing, or grow.
import type { Compte, Evenement, Litres } from "./traduction.ts";

const MESURES = ["ambiant", "a15"] as const;

export interface Part extends Litres {
  mouvement_type: string;
  mouvement_id: string;
}

const cleDe = ({ mouvement_type, mouvement_id }: Pick<Part, "mouvement_type" | "mouvement_id">) =>
  `${mouvement_type} ${mouvement_id}`;

/** Counts what moved an account: its stock, and what is left of the movement it names. */
export function mouvoir(compte: Compte, evenement: Evenement): void {
  compte.evenements.push(evenement);
  const cle = cleDe(evenement);
  const net = compte.nets.get(cle) ?? { ambiant: 0, a15: 0 };
  compte.nets.set(cle, { ambiant: net.ambiant + evenement.ambiant, a15: net.a15 + evenement.a15 });
}

/** How much of these millilitres a movement can bear. */
function place(net: number, entree: boolean, ml: number): number {
  if (entree === (ml > 0)) return ml;
  return Math.sign(ml) * Math.min(Math.abs(ml), Math.max(0, entree ? net : -net));
}

/** In which order movements are asked: those preferred, réceptions, sorties, and an opening stock last. */
function ordre({ evenements }: Compte, preferes: Evenement[]): Evenement[] {
  const de = (type: Evenement["type"]) => evenements.filter((e) => e.type === type).toReversed();
  return [...preferes, ...de("RECEPTION"), ...de("SORTIE"), ...de("STOCK_INITIAL")];
}

/** Spreads litres over movements of the account; nothing where it has none. */
export function repartirSur(compte: Compte, litres: Litres, preferes: Evenement[] = []): Part[] {
  const parts = new Map<string, Part>();
  const candidats = ordre(compte, preferes);
  if (!candidats.length) return [];
  const noter = ({ mouvement_type, mouvement_id }: Evenement, mesure: keyof Litres, ml: number) => {
    const cle = cleDe({ mouvement_type, mouvement_id });
    if (!parts.has(cle)) parts.set(cle, { mouvement_type, mouvement_id, ambiant: 0, a15: 0 });
    parts.get(cle)![mesure] += ml;
  };
  for (const mesure of MESURES) {
    let reste = litres[mesure];
    for (const candidat of candidats) {
      if (!reste) break;
      const cle = cleDe(candidat);
      const net = compte.nets.get(cle)![mesure] + (parts.get(cle)?.[mesure] ?? 0);
      const ml = place(net, candidat.type !== "SORTIE", reste);
      if (!ml) continue;
      noter(candidat, mesure, ml);
      reste -= ml;
    }
    // An account of nothing but sorties, that still has litres: no movement here can say so without turning around.
    if (reste) noter(candidats[0]!, mesure, reste);
  }
  return [...parts.values()].filter((part) => part.ambiant || part.a15);
}
