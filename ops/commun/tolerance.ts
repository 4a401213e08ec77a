import { declare } from "./declare.ts";

/** Litres at 15 °C that the field accepts between its own application's and ours. */
export const TOLERANCE_L = Number(declare("082_comparaison.sql", "astm.tolerance_l"));
