// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "d5e8392fa9e2895b6c3d65a6ccd6f0924775ea662b38ea01932a1968c963c7eb";
