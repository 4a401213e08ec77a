// What the app's integrity screen reads and writes.
import { ceuxQui } from "../acces/acteurs.ts";
import { type Appel, dans, ecrire, lire } from "./appels.ts";
import { GOUVERNANCE } from "./communs.ts";
import * as M from "./modeles.ts";
import { date, dateOuRien as D, objet, texte } from "./modeles.ts";

const OU = "features/governance/data/integrity_repository.dart";
const ALERTE = {
  id: texte,
  check_code: texte,
  severity: texte,
  entity_type: texte,
  entity_id: texte,
  message: texte,
  payload: objet,
  status: texte,
  last_detected_at: date,
  acknowledged_at: D,
  resolved_at: D,
};
const mettre = (status: string, verbe: string) =>
  ecrire(async (c) => ({
    methode: "PATCH",
    chemin: "system_alerts",
    parametres: { id: `eq.${await c.alerte()}` },
    corps: { status, [`${verbe}_at`]: new Date().toISOString(), [`${verbe}_by`]: c.user_id },
  }), M.rien);

export const ALERTES: Appel[] = [
  ...dans(OU, GOUVERNANCE, [
    lire(
      "system_alerts",
      "*",
      () => ({ order: "last_detected_at.desc.nullslast", limit: "200" }),
      M.liste(ALERTE),
    ),
  ]),
];
export const ALERTES_ECRITES = dans(OU, ceuxQui("tenir_alertes"), [
  mettre("ACK", "acknowledged"),
  mettre("RESOLVED", "resolved"),
]);
