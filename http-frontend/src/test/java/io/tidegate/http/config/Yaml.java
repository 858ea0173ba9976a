package io.tidegate.http.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Configurations from strings, as if from a file named t.yaml. */
final class Yaml {

  /** Every key that can be written in one file. */
  static final String COMPLETE =
      """
      listen: {host: "::1", port: 81, max_connections: 2, max_connections_per_address: 2, max_header_bytes: 2048, max_headers: 9, max_body_bytes: 4096, max_held_body_bytes: 8192, tls: {certificate: cert.pem, key: key.pem}}
      admin: {host: "::1", port: 82, token: hush}
      health: {host: "::1", port: 83}
      data_dir: /var/lib/tidegate
      upstreams:
        - name: gpu-a
          url: https://10.0.0.5:8000/llm
          weight: 3
          authorization: Bearer s3cret
          headers: {x-team: team-chat}
          models: [gpt-*, o*]
          max_seats: 40
          health: {path: /health, interval: 1500ms}
          tls: {ca: pom.xml, server_name: llm.internal}
          retry_on: [died, busy]
        - {name: gpu-b, url: "http://gpu-b", max_seats: unlimited}
      timeouts:
        connect: 500ms
        first_byte: {stream: 2s, other: 3m}
        idle: 1h
        total: 5h
        send: 2h
        request_head: 4s
        request_body: 5s
        keep_alive: 6s
        drain: 7s
      limit: {mode: fixed, seats: 64, min: 4, max: 200, reserve: 13, max_waiting_per_class: 77}
      objective: {first_token: 3s, time_per_output_token: 50ms, models: {"slow-*": {time_per_output_token: 120ms}}}
      tiers:
        gold:
          sessions: 100
          sessions_per_subscriber: 4
          parallel_requests: 8
          requests_per_minute: 120
          tokens_per_minute: 200000
          max_wait: {opening: 4s, continuing: 6s}
        trial: {sessions: unlimited}
      shed_order: [trial, gold]
      class_order: [gold-opening, gold-continuing, trial-continuing, trial-opening]
      new_subscribers: {tier: trial, for: 3d, at_most: 5d}
      sessions: {idle_timeout: 5m, max_open: 99, key: [header:X-Chat, body:conversation]}
      features:
        gpts: {match: {model: "g-*"}, tiers: [gold], seats: 2, max_share: .3}
        code: {match: {tool: code_interpreter}, seats: 3}
        vision: {match: {image_input: true}, max_share: 1}
        long_answers: {match: {max_tokens_over: 4000}, quota: 40 per 3h}
      identity:
        max_subscribers: 88
        api_keys:
          - {key: sk-1, subscriber: alice, tier: gold, subscribed_at: 2023-03-01T00:00:00Z}
          - key_sha256: BBAAE8C99D8C9710A6792D27C9E3B6F65987175EFC8E6600AD0DA28DA597F110
            subscriber: bob
            tier: trial
        jwt:
          jwks_url: https://id.internal/keys
          refresh: 1m
          algorithm: ES256
          issuer: https://id.internal/
          audience: chat
          subscriber_claim: uid
          tier_claim: tier
          since_claim: since
          default_tier: trial
          clock_skew: 10s
        trusted_headers:
          from: [10.0.0.0/8, "fd00::/8"]
          subscriber: X-User
          tier: x-plan
          since: x-since
          default_tier: gold
        anonymous: {tier: trial}
      bodies: {max_peek_bytes: 8388608, malformed: pass}
      transport: {kind: stock}
      access_log: {file: logs/access.log, max_file_bytes: 1048576, kept_files: 3}
      tracing:
        otlp_endpoint: https://collector.internal/v1/traces
        headers: {x-key: s3same}
        sample_ratio: .25
        service_name: gate-a
        max_queued_spans: 4096
      signups:
        joins_per_address_per_minute: 60
        page_url: https://chat.example/signup
        webhooks: [{url: "https://hooks.example/in", secret: whsec_c2VjcmV0}]
        gold:
          capacity_seats: 2000
          per_subscriber: .015
          places: 130000
          channels: [card, google_play]
          hold: {card: 10m, google_play: 72h}
          grace: 365d
          claim: 24h
        trial: {}
      store: {url: "jdbc:postgresql://db/tidegate", user: tide, password: s3same}
      pekko: {loglevel: INFO, http: {server: {backlog: 10}}}
      """;

  private Yaml() {}

  static GateConfig load(String text) throws ConfigException {
    return load(text, Map.of(), Overrides.none());
  }

  static GateConfig load(String text, Map<String, String> environment, Overrides overrides)
      throws ConfigException {
    return ConfigLoader.with(name -> Optional.ofNullable(environment.get(name)))
        .parse("t.yaml", text, overrides);
  }

  /** What a bad text is answered with, a line for each mistake. */
  static String refusal(String text) {
    return refusal(text, Map.of());
  }

  static String refusal(String text, Map<String, String> environment) {
    return failure(() -> load(text, environment, Overrides.none())).getMessage();
  }

  static ConfigException failure(ThrowingCallable call) {
    return catchThrowableOfType(ConfigException.class, call);
  }
}
