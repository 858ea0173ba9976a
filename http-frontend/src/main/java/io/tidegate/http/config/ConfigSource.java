package io.tidegate.http.config;

/** Where a running gate's configuration comes from, to be read again when the operator says so. */
@FunctionalInterface
public interface ConfigSource {

  /** The configuration as it is now; fails with everything that is wrong with it. */
  GateConfig read() throws ConfigException;
}
