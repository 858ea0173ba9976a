package io.tidegate.http.cli;

import io.tidegate.http.Frontend;
import io.tidegate.http.Version;
import io.tidegate.http.config.GateConfig;
import io.tidegate.http.config.admission.limit.LimitConfig;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** What {@code serve} prints when it is ready: where to go, and three commands to paste. */
final class Banner {

  private static final String QUESTION =
      "{\"model\":\"simulated-chat\",\"stream\":true,"
          + "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";

  private Banner() {}

  /**
   * The banner of a gate that has started.
   *
   * @param notes what else there is to say, a line each
   * @param key shown in the commands to paste
   */
  static String of(GateConfig config, Frontend gate, List<String> notes, Optional<String> key) {
    String data = url(config.listen().tls().isPresent() ? "https" : "http", gate.dataAddress());
    String admin = url("http", gate.adminAddress());
    String shown = key.orElse("YOUR_KEY");
    StringBuilder text = new StringBuilder();
    text.append("Tidegate ").append(Version.current()).append(" is ready.\n");
    text.append("  chat     ").append(data).append("/v1\n");
    text.append("  admin    ").append(admin).append("/admin/v1/status\n");
    text.append("  metrics  ").append(url("http", gate.healthAddress())).append("/metrics\n");
    text.append("  limit    ").append(limit(config)).append("\n\n");
    notes.forEach(note -> text.append(note).append('\n'));
    text.append("\nTry:\n");
    text.append(
        "  curl -N %s/v1/chat/completions -H 'authorization: Bearer %s' -H 'content-type: application/json' -d '%s'%n"
            .formatted(data, shown, QUESTION));
    text.append("  curl %s/v1/models -H 'authorization: Bearer %s'%n".formatted(data, shown));
    text.append("  curl %s/admin/v1/status%n".formatted(admin));
    return text.toString();
  }

  private static String limit(GateConfig config) {
    LimitConfig limit = config.limit();
    String seats = limit.seats().isPresent() ? limit.seats().getAsInt() + " seats" : "";
    return switch (limit.mode()) {
      case FIXED -> seats;
      case ADAPTIVE ->
          "adaptive, %s, within %d and %d"
              .formatted(
                  seats.isEmpty() ? "open at first" : "from " + seats, limit.min(), limit.max());
      case SHADOW ->
          seats.isEmpty()
              ? "none: everybody is admitted, and what an adaptive limit would do is shown; set"
                  + " limit.seats or an objective to change that"
              : seats + ", and what an adaptive limit would do is shown";
    };
  }

  /** An address that can be pasted: where all interfaces are listened on, the loopback one. */
  private static String url(String scheme, InetSocketAddress address) {
    String host =
        address.getAddress().isAnyLocalAddress()
            ? "127.0.0.1"
            : address.getAddress().getHostAddress();
    return scheme
        + "://"
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + address.getPort();
  }
}
