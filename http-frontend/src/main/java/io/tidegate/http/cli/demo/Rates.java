package io.tidegate.http.cli.demo;

/**
 * Who comes how often, each 0 or more a second.
 *
 * @param plus conversations of the best tier
 * @param free conversations of the free tier
 * @param fresh conversations of new subscribers
 * @param feature questions of the best tier to the one feature that the story is about
 */
record Rates(double plus, double free, double fresh, double feature) {

  Rates {
    if (!(plus >= 0 && free >= 0 && fresh >= 0 && feature >= 0)) {
      throw new IllegalArgumentException("a rate must not be below 0");
    }
  }

  /** So many times as often. */
  Rates times(double factor) {
    return new Rates(plus * factor, free * factor, fresh * factor, feature * factor);
  }
}
