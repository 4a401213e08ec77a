// The clock on the depot's wall: what operators read and name their files by, wherever the command runs.
import { FUSEAU } from "./constantes.ts";

/** Day at the depot: 2026-11-21. */
export const jourAuDepot = (moment = new Date()) => moment.toLocaleDateString("sv-SE", { timeZone: FUSEAU });

/** Time at the depot, for a file's name: 031500. */
export const heureAuDepot = (moment = new Date()) =>
  moment.toLocaleTimeString("sv-SE", { timeZone: FUSEAU }).replaceAll(":", "");

/** Day and time at the depot, for people: 21/11/2026 03:15:00. */
export const momentAuDepot = (iso: string) => new Date(iso).toLocaleString("fr-FR", { timeZone: FUSEAU });

/** Day at the depot, for people: 21/11/2026. */
export const dateAuDepot = (moment: Date) => moment.toLocaleDateString("fr-FR", { timeZone: FUSEAU });
