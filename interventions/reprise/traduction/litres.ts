// Litres as measured and at 15 °C, in millilitres.
import { type Litres, litresDits } from "./traduction.ts";

export const RIEN: Litres = { ambiant: 0, a15: 0 };
export const plus = (a: Litres, b: Litres, signe = 1): Litres => ({
  ambiant: a.ambiant + signe * b.ambiant,
  a15: a.a15 + signe * b.a15,
});
export const dits = ({ ambiant, a15 }: Litres) =>
  `${litresDits(ambiant)} ambiants, ${litresDits(a15)} à 15 °C`;
/** A double's own noise, in millilitres, far below the one that would be seen. */
const BRUIT_ML = 0.5;
export const nul = ({ ambiant, a15 }: Litres) => Math.abs(ambiant) < BRUIT_ML && Math.abs(a15) < BRUIT_ML;
