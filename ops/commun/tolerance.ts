/** What the field accepts between its own application's litres at 15 °C and ours: astm.tolerance_l() for what runs outside SQL. */
export const TOLERANCE_L = 5;
