import { type Exemple, GASOIL, LIEUX } from "../exemple.ts";

const LOT = "0c9d0e52-7f1b-4b63-9a57-3b1f0c6d2a01";
const BROUILLON = "0c9d0e52-7f1b-4b63-9a57-3b1f0c6d2a02";

export const exemples: Exemple[] = [
  {
    porte: "POST /synchronisation",
    par: "gerant",
    corps: {
      lot: LOT,
      maintenant: "@maintenant",
      appareil: "Téléphone du quai 1",
      actes: [
        {
          cle: BROUILLON,
          acte: "sorties",
          moment: "@maintenant",
          corps: {
            citerne_id: LIEUX.tank1,
            client_id: LIEUX.client,
            volume_ambiant: 4000,
            ...GASOIL,
            plaque_camion: "4411KL05",
          },
        },
        {
          cle: "0c9d0e52-7f1b-4b63-9a57-3b1f0c6d2a03",
          acte: `sorties/@${BROUILLON}/valider`,
          moment: "@maintenant",
        },
        {
          cle: "0c9d0e52-7f1b-4b63-9a57-3b1f0c6d2a04",
          acte: "sorties?valider=true",
          moment: "@maintenant",
          corps: { citerne_id: LIEUX.tank1, client_id: LIEUX.client, volume_ambiant: 9_000_000, ...GASOIL },
        },
      ],
    },
  },
  {
    porte: "POST /synchronisation/{lot}/abandonner",
    par: "gerant",
    params: { lot: LOT },
    corps: { cle: "0c9d0e52-7f1b-4b63-9a57-3b1f0c6d2a04", motif: "Saisi une seconde fois par erreur" },
  },
  { porte: "GET /synchronisation/{lot}", par: "gerant", params: { lot: LOT } },
];
