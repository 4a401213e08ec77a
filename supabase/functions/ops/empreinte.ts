// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "33c8e66112e9a0540e14784099ea2c0b6b390731ea09dd7f2d66cbdcc838c926";
