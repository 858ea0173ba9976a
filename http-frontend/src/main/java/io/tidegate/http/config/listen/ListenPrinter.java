package io.tidegate.http.config.listen;

import io.tidegate.http.config.yaml.Section;
import java.util.LinkedHashMap;
import java.util.Map;

/** Shows the ports as the YAML that would give them. */
public final class ListenPrinter {

  private ListenPrinter() {}

  /** The data port's section. */
  public static Map<String, Object> listen(ListenConfig listen) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("host", listen.host());
    result.put("port", listen.port());
    result.put("max_connections", listen.maxConnections());
    if (listen.maxConnectionsPerAddress().isPresent()) {
      result.put("max_connections_per_address", listen.maxConnectionsPerAddress().getAsInt());
    } else {
      result.put("max_connections_per_address", "unlimited");
    }
    result.put("max_header_bytes", listen.maxHeaderBytes());
    result.put("max_headers", listen.maxHeaders());
    result.put("max_body_bytes", listen.maxBodyBytes());
    result.put("max_held_body_bytes", listen.maxHeldBodyBytes());
    listen
        .tls()
        .ifPresent(
            tls ->
                result.put(
                    "tls",
                    Map.of(
                        "certificate", tls.certificate().toString(), "key", tls.key().toString())));
    return result;
  }

  /** The admin port's section, its token masked. */
  public static Map<String, Object> admin(AdminConfig admin) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("host", admin.host());
    result.put("port", admin.port());
    admin.token().ifPresent(token -> result.put("token", Section.MASK));
    return result;
  }
}
