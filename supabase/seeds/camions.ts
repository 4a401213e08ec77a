/** One truck as the depot measured it: litres, °C, kg/m³. */
export interface Truck {
  volume_ambiant: number;
  temperature_echantillon_c: number;
  temperature_ambiante_c: number;
  densite_observee_kgm3: number;
}

const truck = (
  [volume_ambiant, temperature_echantillon_c, temperature_ambiante_c, densite_observee_kgm3]: [
    number,
    number,
    number,
    number,
  ],
): Truck => ({ volume_ambiant, temperature_echantillon_c, temperature_ambiante_c, densite_observee_kgm3 });

/** The eight gasoil réceptions SEP has figures for: litres, °C of the sample, °C of the product, observed kg/m³. */
export const REAL_TRUCKS: Truck[] = ([
  [39296, 29.7, 22.5, 837.3],
  [39391, 23.5, 22.5, 837.5],
  [39291, 23.2, 23.2, 837.6],
  [36971, 19.0, 19.0, 837.0],
  [38312, 20.0, 20.0, 836.0],
  [39330, 20.0, 20.0, 837.0],
  [37384, 20.0, 20.0, 836.0],
  [33445, 21.0, 21.0, 837.0],
] as [number, number, number, number][]).map(truck);
