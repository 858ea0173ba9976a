package io.tidegate.loadtest.arrival.trace;

/** Numbers that look random but depend on nothing but a seed and a place. */
final class Hash {

  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
  private static final double UNIT = 0x1.0p-53;

  private Hash() {}

  /** At least 0 and below 1: the finalizer of SplitMix64 over seed and place. */
  static double unit(long seed, long place) {
    long mixed = mix(mix(seed) + (place + 1) * GOLDEN_GAMMA);
    return (mixed >>> 11) * UNIT;
  }

  private static long mix(long bits) {
    long once = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    long twice = (once ^ (once >>> 27)) * 0x94d049bb133111ebL;
    return twice ^ (twice >>> 31);
  }
}
