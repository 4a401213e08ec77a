// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "a07ee5aeba0229dc14f6a01252e9ea83400cfbb738e399e8094990bb74dede6e";
