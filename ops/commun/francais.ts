// French for the people of the depot: figures, and what a list of steps would say in English.
import { ListrLogger, type LoggerFormatOptions } from "listr2";
import { print } from "./execution.ts";

/** One line a step, where there is no terminal. */
export class LigneParEtape extends ListrLogger {
  override log(...[level, message, options]: Parameters<ListrLogger["log"]>): void {
    print(this.format(level, message, options));
  }
  override wrap(message: string, options?: LoggerFormatOptions): string {
    return super.wrap(message.replace(/^FAILED: /, "échec : ").replace(/^SKIPPED: /, ""), options);
  }
}

/** With this many decimals, no more and no fewer: columns of figures line up. */
export const nombre = (valeur: number, decimales = 0) =>
  valeur.toLocaleString("fr-FR", { minimumFractionDigits: decimales, maximumFractionDigits: decimales });

export const litres = (nombre: number) => `${nombre.toLocaleString("fr-FR")} L`;

/** Those sentences that are so. */
export const dites = (...phrases: (string | false)[]): string[] => phrases.filter((une) => une !== false);

export function direAge(heures: number): string {
  const minutes = Math.round(heures * 60);
  if (minutes < 1) return "à l'instant";
  if (minutes < 120) return `${minutes} min`;
  return heures < 48 ? `${Math.round(heures)} h` : `${Math.round(heures / 24)} jours`;
}
