// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "86a2ca725e501a5e0fd829c1e812c058efd00fa4883a247d7d5cf2bff041af1b";
