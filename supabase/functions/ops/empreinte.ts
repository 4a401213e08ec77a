// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "9aa301fb5532d229ba680cf604ae2467dc35a33b2ecbf23ece4aba654be4b60c";
