// The rows that the prod-like seed sows, by their ids: PROD's depot, its products, its tanks.
export const DEPOT = "11111111-1111-1111-1111-111111111111";
export const GASOIL = "22222222-2222-2222-2222-222222222222";

export const PRODUITS = [
  { id: "640cf7ec-1616-4503-a484-0a61afb20005", nom: "Essence", code: "ESS" },
  { id: GASOIL, nom: "Gasoil/AGO", code: "G.O" },
];
export const CITERNES = [
  { id: "57da330a-1305-4582-be45-ceab0f1aa795", nom: "TANK1" },
  { id: "905b3104-0324-4b5c-ba3d-ae1019746c70", nom: "TANK2" },
  { id: "7bf64a46-ca77-4857-af89-2e14d9128473", nom: "TANK3" },
  { id: "91d2078b-8e19-43c2-bf33-322a42cd4e94", nom: "TANK4" },
  { id: "a76a08a6-9017-421e-b5d3-afe8129a8f9d", nom: "TANK5" },
  { id: "6f3e0b4c-abfc-4b67-aaa0-2ca20a59ae1a", nom: "TANK6" },
];
