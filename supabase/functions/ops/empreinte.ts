// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "543c81038e9561da37b23996ac0111bbd6a1f174b9d77c1532bf7810545769c0";
