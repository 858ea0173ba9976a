package io.tidegate.loadtest.page;

import java.io.IOException;
import java.io.StringReader;
import java.util.Properties;

/**
 * A JavaScript library that came as a jar. Its folder bears its version, which the jar itself
 * tells.
 *
 * @param name as on the registry
 */
record WebJar(String name) {

  /** Charts on a canvas, small and fast; MIT licence. */
  static final WebJar UPLOT = new WebJar("uplot");

  String read(String file) throws IOException {
    Properties properties = new Properties();
    properties.load(
        new StringReader(
            Resources.read("/META-INF/maven/org.webjars.npm/" + name + "/pom.properties")));
    String version = properties.getProperty("version");
    return Resources.read("/META-INF/resources/webjars/%s/%s/%s".formatted(name, version, file));
  }
}
