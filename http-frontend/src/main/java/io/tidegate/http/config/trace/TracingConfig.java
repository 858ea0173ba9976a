package io.tidegate.http.config.trace;

import io.tidegate.http.config.yaml.Range;
import io.tidegate.http.config.yaml.Section;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether each request leaves a span, and where spans are sent.
 *
 * @param otlpEndpoint where, by OTLP over HTTP; empty: there are no spans
 * @param headers of each export, such as a key of the collector; secret
 * @param sampleRatio of the traces that begin here, above 0 to 1; who sends a trace decides on it
 * @param serviceName as what the gate appears
 * @param maxQueuedSpans so many wait to be sent at most, 16 to 1,000,000; further ones are lost
 */
public record TracingConfig(
    Optional<URI> otlpEndpoint,
    Map<String, String> headers,
    double sampleRatio,
    String serviceName,
    int maxQueuedSpans) {

  private static final Range QUEUED = new Range(16, 1_000_000);
  private static final int DEFAULT_QUEUED = 2_048;
  private static final String DEFAULT_NAME = "tidegate";

  public TracingConfig {
    Objects.requireNonNull(otlpEndpoint, "otlpEndpoint");
    Objects.requireNonNull(serviceName, "serviceName");
    headers = Map.copyOf(headers);
    if (!(sampleRatio > 0 && sampleRatio <= 1)) {
      throw new IllegalArgumentException("tracing.sample_ratio: must be above 0 and at most 1");
    }
    QUEUED.check("tracing.max_queued_spans", maxQueuedSpans);
  }

  /** No spans. */
  public static TracingConfig off() {
    return new TracingConfig(Optional.empty(), Map.of(), 1, DEFAULT_NAME, DEFAULT_QUEUED);
  }

  /** Spans to a collector. */
  public TracingConfig withEndpoint(URI endpoint) {
    return new TracingConfig(
        Optional.of(endpoint), headers, sampleRatio, serviceName, maxQueuedSpans);
  }

  /** So many spans wait at most. */
  public TracingConfig withMaxQueuedSpans(int most) {
    return new TracingConfig(otlpEndpoint, headers, sampleRatio, serviceName, most);
  }

  /** A part of the traces that begin here. */
  public TracingConfig withSampleRatio(double ratio) {
    return new TracingConfig(otlpEndpoint, headers, ratio, serviceName, maxQueuedSpans);
  }

  /** Reads the file's section; what is wrong is reported and replaced by its default. */
  public static TracingConfig read(Section section) {
    return new TracingConfig(
        endpoint(section),
        section.secrets("headers"),
        section.decimal("sample_ratio", 1, "").orElse(1),
        section.text("service_name").orElse(DEFAULT_NAME),
        (int) section.integer("max_queued_spans", QUEUED).orElse(DEFAULT_QUEUED));
  }

  private static Optional<URI> endpoint(Section section) {
    Optional<URI> url = section.text("otlp_endpoint").map(TracingConfig::uri);
    if (url.isPresent() && !isHttp(url.get())) {
      section.report(
          "otlp_endpoint", "is no URL of http or https, such as http://127.0.0.1:4318/v1/traces");
      return Optional.empty();
    }
    return url;
  }

  private static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      return URI.create(""); // no URL of http either
    }
  }

  private static boolean isHttp(URI url) {
    boolean known = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    return known && url.getHost() != null;
  }

  /** The section that {@link #read} reads as this. */
  public Map<String, Object> print() {
    Map<String, Object> result = new LinkedHashMap<>();
    otlpEndpoint.ifPresent(url -> result.put("otlp_endpoint", url.toString()));
    Map<String, Object> masked = new LinkedHashMap<>();
    headers.keySet().stream().sorted().forEach(name -> masked.put(name, Section.MASK));
    result.put("headers", masked);
    result.put("sample_ratio", sampleRatio);
    result.put("service_name", serviceName);
    result.put("max_queued_spans", maxQueuedSpans);
    return result;
  }

  /** Without what is secret. */
  @Override
  public String toString() {
    return "TracingConfig" + print();
  }
}
