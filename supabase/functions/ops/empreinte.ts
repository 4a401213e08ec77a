// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "ea6176cbd73cebd32764deaf9e5c789e29901c8776f63c69d2e518c8ba8fdb00";
