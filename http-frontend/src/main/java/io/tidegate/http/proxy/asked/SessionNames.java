package io.tidegate.http.proxy.asked;

import io.tidegate.http.config.admission.SessionConfig;
import io.tidegate.http.config.admission.SessionConfig.NameSource;
import io.tidegate.http.config.admission.SessionConfig.Place;
import io.tidegate.http.transport.framing.VerbatimHead;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/**
 * What a client calls the session that a request belongs to.
 *
 * <p>Threading: immutable, safe for all.
 */
final class SessionNames {

  /** A longer one would only cost memory, as long as the session is open. */
  static final int MAX_LENGTH = 256;

  /** The session of whoever names none. */
  private static final String NAMELESS = "";

  private final List<NameSource> sources;
  private final Set<String> members;

  SessionNames(SessionConfig config) {
    sources = config.keys();
    members =
        sources.stream()
            .filter(source -> source.place() == Place.BODY)
            .map(NameSource::name)
            .collect(Collectors.toUnmodifiableSet());
  }

  /** The members of a body that may name a session. */
  Set<String> members() {
    return members;
  }

  /** The first name that is present and fit, else empty text. */
  String of(HttpRequest request, BodyFacts facts) {
    for (NameSource source : sources) {
      String name =
          source.place() == Place.BODY
              ? facts.names().getOrDefault(source.name(), NAMELESS)
              : header(request, source.name());
      if (!name.isEmpty() && name.length() <= MAX_LENGTH) {
        return name;
      }
    }
    return NAMELESS;
  }

  private static String header(HttpRequest request, String name) {
    for (HttpHeader header : request.getHeaders()) {
      if (header.is(name)) {
        return VerbatimHead.text(header.value()).strip();
      }
    }
    return NAMELESS;
  }
}
