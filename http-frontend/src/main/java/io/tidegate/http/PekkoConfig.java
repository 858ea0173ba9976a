package io.tidegate.http;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import io.tidegate.http.config.GateConfig;
import io.tidegate.http.config.listen.ListenConfig;
import io.tidegate.http.config.transport.TransportKind;
import io.tidegate.http.transport.loop.LoopTransport;
import java.util.Map;

/** What Pekko is told: its defaults are a web server's, and hurt a proxy of long streams. */
final class PekkoConfig {

  private PekkoConfig() {}

  /** Pekko's settings for a gate; what the operator gives under {@code pekko:} wins. */
  static Config of(GateConfig config) {
    return ConfigFactory.parseMap(Map.of("pekko", config.pekko()))
        .withFallback(limits(config.listen()))
        .withFallback(
            config.transport().kind() == TransportKind.LOOP
                ? LoopTransport.dispatchers()
                : ConfigFactory.empty())
        .withFallback(
            ConfigFactory.parseResources(
                PekkoConfig.class.getClassLoader(),
                "tidegate-pekko.conf",
                ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF).setAllowMissing(false)))
        .withFallback(ConfigFactory.load());
  }

  private static Config limits(ListenConfig listen) {
    return ConfigFactory.parseMap(
        Map.of(
            "pekko.http.server.parsing.max-header-count", listen.maxHeaders(),
            "pekko.http.server.parsing.max-header-value-length", listen.maxHeaderBytes(),
            "pekko.http.server.parsing.max-uri-length", listen.maxHeaderBytes(),
            "pekko.http.server.parsing.max-chunk-size", listen.maxBodyBytes(),
            "pekko.http.server.parsing.max-content-length", listen.maxBodyBytes()));
  }
}
