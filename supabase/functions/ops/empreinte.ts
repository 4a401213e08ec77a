// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "e9c51790bb4183d744396ef097ec7137fa3aef1889be169f7c907505c52132ed";
