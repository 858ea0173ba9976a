package io.tidegate.http.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each kind of mistake with the line it is answered with. */
class ConfigMistakesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          listen: {port: 70000}            | t.yaml:1: listen.port: 70000 is out of range, allowed 0 to 65535
          listen: {port: -1}               | t.yaml:1: listen.port: -1 is out of range, allowed 0 to 65535
          listen: {port: http}             | t.yaml:1: listen.port: `http` is not a whole number, allowed 0 to 65535
          listen: {port: 8.5}              | t.yaml:1: listen.port: `8.5` is not a whole number, allowed 0 to 65535
          listen: {port: "80"}             | t.yaml:1: listen.port: `80` is text, needs a whole number without quotes
          listen: {port: [80]}             | t.yaml:1: listen.port: needs a single value
          listen: {host: ""}               | t.yaml:1: listen.host: is empty
          listen: 8080                     | t.yaml:1: listen: needs a mapping of keys to values
          listen: [8080]                   | t.yaml:1: listen: needs a mapping of keys to values
          - listen                         | t.yaml:1: needs a mapping of keys to values
          upstreams: http://a              | t.yaml:1: upstreams: needs a list
          upstreams: [http://a]            | t.yaml:1: upstreams[0]: needs a mapping of keys to values
          upstreams: [{name: a}]           | t.yaml:1: upstreams[0].url: is missing
          upstreams: [{url: "ftp://a"}]    | t.yaml:1: upstreams[0].url: scheme `ftp` is not supported, allowed http and https
          upstreams: [{url: "http://a", models: []}] | t.yaml:1: upstreams[0].models: needs globs such as gpt-*
          upstreams: [{url: "http://a", retry_on: [dead]}] | t.yaml:1: upstreams[0].retry_on: `dead` is unknown, allowed died, late, busy, error
          upstreams: [{url: "http://a", health: {path: health}}] | t.yaml:1: upstreams[0].health.path: `health` is not a path, write it like /health
          upstreams: [{url: "https://a", tls: {ca: /no/ca.pem}}] | t.yaml:1: upstreams[0].tls.ca: `/no/ca.pem` is no file that can be read
          upstreams: [{url: "http://a", tls: {server_name: b}}] | t.yaml:1: upstreams[0].tls: is for https only
          upstreams: [{url: a}]            | t.yaml:1: upstreams[0].url: needs the form http://host:port/prefix
          upstreams: [{url: "http://a b"}] | t.yaml:1: upstreams[0].url: is not a URL, needs the form http://host:port/prefix
          upstreams: [{url: "http://a?b"}] | t.yaml:1: upstreams[0].url: has a query or fragment, allowed are host, port and path
          timeouts: {idle: 5 min}          | t.yaml:1: timeouts.idle: `5 min` is not a duration, write it like 500ms, 2s, 10m, 1h or 7d
          timeouts: {idle: 120}            | t.yaml:1: timeouts.idle: `120` is not a duration, write it like 500ms, 2s, 10m, 1h or 7d
          timeouts: {idle: 25h}            | t.yaml:1: timeouts.idle: 25h is out of range, allowed 1ms to 24h
          timeouts: {first_byte: 60s}      | t.yaml:1: timeouts.first_byte: needs a mapping of keys to values
          limit: {mode: auto}              | t.yaml:1: limit.mode: `auto` is no mode, allowed `adaptive`, `fixed`, `shadow`
          limit: {mode: fixed}             | t.yaml:1: limit.mode: fixed needs `limit.seats`, or `max_seats` of every upstream
          limit: {min: 9, max: 8}          | t.yaml:1: limit.min: 9 is above limit.max, which is 8
          limit: {mode: adaptive, min: 9, seats: 8} | t.yaml:1: limit.seats: 8 is out of range, allowed 9 to 4000 by limit.min and limit.max
          objective: {first_token: 0s}     | t.yaml:1: objective.first_token: 0s is out of range, allowed 1ms to 10m
          objective: {models: {x: {time_per_output_token: 0s}}} | t.yaml:1: objective.models.x.time_per_output_token: 0s is out of range, allowed 1ms to 10m
          limit: {seats: 1000001}          | t.yaml:1: limit.seats: 1000001 is out of range, allowed 1 to 1000000
          limit: {seats: 64, reserve: 20}  | t.yaml:1: limit.reserve: 20 is out of range, allowed 0 to 19, which is .3 of the 64 seats
          limit: {reserve: 300001}         | t.yaml:1: limit.reserve: 300001 is out of range, allowed 0 to 300000
          tiers: {Gold: {}, free: {}}      | t.yaml:1: tiers: "Gold" cannot be a tier's name: it must be 1 to 32 characters, begin with a lower-case letter and go on with lower-case letters, digits, _ or -
          tiers: {a: {sesions: 3}}         | t.yaml:1: tiers.a.sesions: unknown key, did you mean `sessions`?
          tiers: {a: {parallel_requests: 0}} | t.yaml:1: tiers.a.parallel_requests: 0 is out of range, allowed 1 to 1000000
          tiers: {a: {max_wait: {opening: 2m}}} | t.yaml:1: tiers.a.max_wait.opening: 2m is out of range, allowed 0s to 1m
          new_subscribers: {tier: gold}    | t.yaml:1: new_subscribers.tier: `gold` is not a tier, allowed `plus`, `free`, `new`
          new_subscribers: {tier: plus}    | t.yaml:1: new_subscribers.tier: `plus` is the best tier, nobody would be held back
          new_subscribers: {for: 9d, at_most: 8d} | t.yaml:1: new_subscribers.at_most: 8d is out of range, allowed 9d to 3650d
          sessions: {key: [cookie:a]}      | t.yaml:1: sessions.key: `cookie:a` has not the form header:NAME or body:NAME
          features: {f: {seats: 2}}        | t.yaml:1: features.f.match: needs exactly one of model, tool, image_input, max_tokens_over
          features: {f: {match: {model: a, tool: b}}} | t.yaml:1: features.f.match: needs exactly one of model, tool, image_input, max_tokens_over
          features: {f: {match: {image_input: false}}} | t.yaml:1: features.f.match.image_input: `false` is not allowed, only true is
          features: {f: {match: {model: a}, tiers: [b]}} | t.yaml:1: features.f.tiers: `b` is not a tier, allowed `plus`, `free`, `new`
          features: {f: {match: {model: a}, max_share: 0}} | t.yaml:1: features.f.max_share: 0 is out of range, allowed above 0 to 1
          features: {f: {match: {model: a}, max_share: 1.1}} | t.yaml:1: features.f.max_share: 1.1 is out of range, allowed above 0 to 1
          features: {f: {match: {model: a}, max_share: half}} | t.yaml:1: features.f.max_share: `half` is not a decimal number, allowed above 0 to 1
          features: {f: {match: {model: a}, quota: 3/h}} | t.yaml:1: features.f.quota: `3/h` has not the form `40 per 3h`
          features: {f: {match: {model: a}, quota: 0 per 3h}} | t.yaml:1: features.f.quota: 0 is out of range, allowed 1 to 1000000
          features: {F: {match: {model: a}}} | t.yaml:1: features: `F` is no name, it needs the form of a tier's
          identity: {api_keys: [{key: k, subscriber: a, tier: plus, subscribed_at: march}]} | t.yaml:1: identity.api_keys[0].subscribed_at: `march` is no time, write 2023-03-01T00:00:00Z
          shed_order: [new, free, gold]    | t.yaml:1: shed_order: `gold` is not a tier, allowed `plus`, `free`, `new`;t.yaml:1: shed_order: `plus` is missing
          shed_order: [new, new, free]     | t.yaml:1: shed_order: `new` appears twice;t.yaml:1: shed_order: `plus` is missing
          admin: {port: 8080}              | t.yaml:1: admin.port: 8080 is the port of listen, on the same host
          admin: {host: 0.0.0.0, port: 8080} | t.yaml:1: admin.port: 8080 is the port of listen, on the same host
          listen: {max_body_bytes: 9999, max_held_body_bytes: 9998} | t.yaml:1: listen.max_held_body_bytes: 9998 is below listen.max_body_bytes, which is 9999
          listen: {max_conections: 5}      | t.yaml:1: listen.max_conections: unknown key, did you mean `max_connections`?
          admin: {colour: blue}            | t.yaml:1: admin.colour: unknown key, known are `port`, `host`, `token`
          limits: {seats: 4}               | t.yaml:1: limits: unknown key, did you mean `limit`?
          listen: {port: 1, port: 2}       | t.yaml:1: listen.port: appears twice, first in line 1
          data_dir: &here ./data           | t.yaml:1: data_dir: anchors are not supported, put text that begins with & in quotes
          data_dir: !secret                | t.yaml:1: data_dir: tags are not supported, put text that begins with ! in quotes
          """,
      quoteCharacter = '\0')
  void isToldWithLineFieldValueAndWhatIsAllowed(String yaml, String message) {
    assertThat(Yaml.refusal(yaml)).isEqualTo(message.replace(";t.yaml", "\nt.yaml"));
  }

  @Test
  void areAllToldAtOnceInTheOrderOfTheFile() {
    assertThat(
            Yaml.refusal(
                """
                limit: {seats: 0}
                tiers:
                  plus: {}
                  plus: {}
                identity:
                  api_keys:
                    - {key: sk-1, subscriber: alice, tier: gold}
                    - {subscriber: alice}
                listn: {}
                """))
        .isEqualTo(
            """
            t.yaml:1: limit.seats: 0 is out of range, allowed 1 to 1000000
            t.yaml:4: tiers.plus: appears twice, first in line 3
            t.yaml:7: identity.api_keys[0].tier: `gold` is not a tier, allowed `plus`
            t.yaml:8: identity.api_keys[1].key: is missing; give it, or its SHA-256 as `key_sha256`
            t.yaml:8: identity.api_keys[1].tier: is missing
            t.yaml:9: listn: unknown key, did you mean `listen`?""");
  }

  @Test
  void ofSyntaxAreToldWithLineAndColumn() {
    assertThat(Yaml.refusal("listen: {port: 1\nadmin: {}\n"))
        .isEqualTo("t.yaml:2:6: not YAML: expected ',' or '}', but got :");
    assertThat(Yaml.refusal("listen:\n\tport: 1\n"))
        .startsWith("t.yaml:2:1: not YAML: found character '\\t(TAB)'");
    assertThat(Yaml.refusal("a: 1\nb: \u0007\n"))
        .isEqualTo("t.yaml:2: not YAML: character U+0007 is not allowed");
    assertThat(Yaml.refusal("listen: {}\n---\nlisten: {}\n"))
        .isEqualTo("t.yaml:2:1: not YAML: but found another document");
    assertThat(Yaml.refusal("a: " + "[".repeat(60) + "]".repeat(60)))
        .isEqualTo("t.yaml: not YAML: Nesting Depth exceeded max 50");
  }

  @Test
  void betweenUpstreamsAreTold() {
    assertThat(
            Yaml.refusal(
                """
                upstreams:
                  - {name: a, url: 'http://a'}
                  - {name: a, url: 'http://b'}
                  - {url: 'http://c:80'}
                  - {url: 'http://c'}
                """))
        .isEqualTo(
            "t.yaml:3: upstreams[1].name: `a` is the name of an earlier upstream, too\n"
                + "t.yaml:5: upstreams[3].name: `c:80` is the name of an earlier upstream, too");
  }

  @Test
  void inClassOrderAreTold() {
    assertThat(Yaml.refusal("tiers: {a: {}}\nclass_order: [a-opening, a-closing]"))
        .isEqualTo(
            "t.yaml:2: class_order: `a-closing` is not a class, allowed `a-continuing`, `a-opening`"
                + "\nt.yaml:2: class_order: `a-continuing` is missing");
  }

  @Test
  void inHeadersAreTold() {
    assertThat(
            Yaml.refusal(
                """
                upstreams:
                  - {url: 'http://a', headers: {x y: hush}}
                  - {url: 'http://b', headers: {Host: hush}}
                  - {url: 'http://c', headers: {Authorization: hush}}
                  - {url: 'http://d', headers: {x-y: "hush\\r\\nx: z"}}
                  - {url: 'http://e', authorization: "hush\\n"}
                """))
        .isEqualTo(
            """
            t.yaml:2: upstreams[0].headers: `x y` is not a header's name
            t.yaml:3: upstreams[1].headers: `Host` is the gate's own to set
            t.yaml:4: upstreams[2].headers: `Authorization` belongs into the upstream's key `authorization`
            t.yaml:5: upstreams[3].headers: the value of `x-y` has characters a header cannot carry
            t.yaml:6: upstreams[4].authorization: has characters a header cannot carry""");
  }

  @Test
  void neverShowASecret() {
    String refusal =
        Yaml.refusal(
            """
            admin: {token: [hush]}
            upstreams:
              - {url: "http://user:hush@a"}
              - {url: "http://user:hush@a b"}
              - {url: "http://a", authorization: {hush: 1}}
            identity:
              api_keys:
                - hush
                - {key: sk-hush, subscriber: a, tier: plus}
                - {key: sk-hush, subscriber: b, tier: plus}
                - {key_sha256: hush, subscriber: b, tier: plus}
                - {key: hush1, key_sha256: hush2, subscriber: b, tier: plus}
                - {key: "***", subscriber: c, tier: plus}
            """);

    assertThat(refusal)
        .isEqualTo(
            """
            t.yaml:1: admin.token: needs a single value
            t.yaml:3: upstreams[0].url: holds a user or password, which belong into `authorization`
            t.yaml:4: upstreams[1].url: is not a URL, needs the form http://host:port/prefix
            t.yaml:5: upstreams[2].authorization: needs a single value
            t.yaml:8: identity.api_keys[0]: needs a mapping of keys to values
            t.yaml:10: identity.api_keys[2].key: is the key of an earlier entry, too
            t.yaml:11: identity.api_keys[3].key_sha256: is not a SHA-256, which has 64 hexadecimal digits
            t.yaml:12: identity.api_keys[4].key: and `key_sha256` are both given, allowed is one of them
            t.yaml:13: identity.api_keys[5].key: is the mask of a printed configuration, put the secret in its place""");
    assertThat(Yaml.refusal("admin: {token: *hush}")).doesNotContain("hush");
  }

  @Test
  void cannotBeConstructedEither() {
    GateConfig config = GateConfig.defaults();
    assertThat(catchThrowable(() -> config.withAdmin(config.admin().withPort(8080))))
        .hasMessage("admin.port: 8080 is the port of listen, on the same host");
    assertThat(catchThrowable(() -> config.withListen(config.listen().withPort(70_000))))
        .hasMessage("listen.port: 70000 is out of range, allowed 0 to 65535");
  }
}
