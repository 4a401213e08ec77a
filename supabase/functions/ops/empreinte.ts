// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "2f462fdbd9185ad1929e4ee27c99914bdd2369a216efeb40dadf11f8535922b4";
