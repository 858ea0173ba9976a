package io.tidegate.http.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.http.config.admission.AdmissionPrinter;
import io.tidegate.http.config.admission.TierReader;
import io.tidegate.http.config.admission.limit.LimitReader;
import io.tidegate.http.config.yaml.Document;
import io.tidegate.http.config.yaml.Problem;
import io.tidegate.http.config.yaml.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Puts a few settings, given as a JSON object with the file's own keys, over those of a running
 * gate. What the object does not name stays; {@code null} takes a setting back to its default. The
 * readers of the file judge the result.
 */
public final class ConfigPatch {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BODY = "request body";

  private ConfigPatch() {}

  /** The section {@code limit}, as the file would have it. */
  public static Object limitOf(GateConfig config) {
    return admission(config).get("limit");
  }

  /** The section of a tier; empty if there is no such tier. */
  public static Optional<Object> tierOf(GateConfig config, String name) {
    return Optional.ofNullable(section(admission(config), "tiers").get(name));
  }

  /** The same configuration with other settings of the limit. */
  public static GateConfig limit(GateConfig running, String json) throws ConfigException {
    Map<String, Object> admission = admission(running);
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("limit", patched(section(admission, "limit"), json));
    root.put("objective", admission.get("objective"));
    return running.withLimit(read(root, section -> LimitReader.read(section, OptionalInt.empty())));
  }

  /** The same configuration with other terms of a tier, which exists. */
  public static GateConfig tier(GateConfig running, String name, String json)
      throws ConfigException {
    Map<String, Object> root = new LinkedHashMap<>();
    admission(running)
        .forEach(
            (key, value) -> {
              if (List.of("tiers", "shed_order", "class_order", "new_subscribers").contains(key)) {
                root.put(key, value);
              }
            });
    Map<String, Object> tiers = new LinkedHashMap<>(section(root, "tiers"));
    tiers.put(name, patched(section(tiers, name), json));
    root.put("tiers", tiers);
    return running.withTiers(read(root, TierReader::read));
  }

  private static Map<String, Object> admission(GateConfig config) {
    return AdmissionPrinter.print(
        config.limit(), config.tiers(), config.sessions(), config.features());
  }

  private static Map<String, Object> patched(Map<String, Object> now, String json)
      throws ConfigException {
    try {
      Map<String, Object> given =
          JSON.readValue(json, new TypeReference<LinkedHashMap<String, Object>>() {});
      Map<String, Object> result = new LinkedHashMap<>(now);
      given.forEach((key, value) -> result.put(key, over(result.get(key), value)));
      return result;
    } catch (JsonProcessingException e) {
      throw ConfigException.of(BODY, "", "is not a JSON object");
    }
  }

  private static Object over(Object now, Object given) {
    if (now instanceof Map<?, ?> old && given instanceof Map<?, ?> more) {
      Map<Object, Object> result = new LinkedHashMap<>(old);
      result.putAll(more);
      return result;
    }
    return given;
  }

  @SuppressWarnings("unchecked") // the printer's own maps
  private static Map<String, Object> section(Map<String, Object> root, String key) {
    return (Map<String, Object>) root.get(key);
  }

  private static <T> T read(Map<String, Object> root, Function<Section, T> reader)
      throws ConfigException {
    Document document =
        Document.parse(BODY, ConfigPrinter.dump(root), variable -> Optional.empty());
    T result = document.read(reader);
    if (!document.problems().isEmpty()) {
      throw new ConfigException(
          document.problems().stream()
              .map(found -> new Problem(BODY, 0, found.column(), found.path(), found.message()))
              .toList());
    }
    return result;
  }
}
