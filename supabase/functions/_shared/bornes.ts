/** Upper bounds of the histogram of times to answer, in seconds; one more beyond. */
export const BORNES_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
