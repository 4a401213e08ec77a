// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "c52452a14ad91303e9b323f05c59c21a4b7d645ae3f87636d1f1e92edcc9ce9b";
