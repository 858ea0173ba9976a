package io.tidegate.http.cli.explain;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.http.config.admission.SessionConfig;
import io.tidegate.http.config.admission.SessionConfig.NameSource;
import io.tidegate.http.config.admission.SessionConfig.Place;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import picocli.CommandLine.Option;

/** The chat request that is asked about, as a client would send it. */
final class SampleRequest {

  @Option(names = "--model", paramLabel = "NAME", description = "The model that it asks for.")
  private Optional<String> model = Optional.empty();

  @Option(names = "--session", paramLabel = "NAME", description = "The session that it names.")
  private Optional<String> session = Optional.empty();

  @Option(
      names = "--tool",
      paramLabel = "NAME",
      description = "A tool that it offers: its type, or a function's name. Again for more.")
  private List<String> tools = List.of();

  @Option(names = "--image", description = "A picture is part of its prompt.")
  private boolean image;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      description = "The longest answer that it allows.")
  private Optional<Integer> maxTokens = Optional.empty();

  /** The request, which names its session where the configuration looks first. */
  HttpRequest make(SessionConfig sessions) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    model.ifPresent(name -> body.put("model", name));
    maxTokens.ifPresent(most -> body.put("max_tokens", most));
    tools.forEach(tool -> body.withArray("tools").addObject().put("type", tool));
    if (image) {
      ObjectNode message = body.withArray("messages").addObject().put("role", "user");
      message.withArray("content").addObject().put("type", "image_url");
    }
    HttpRequest request = HttpRequest.POST("/v1/chat/completions");
    Optional<NameSource> place = sessions.keys().stream().findFirst();
    if (session.isPresent() && place.isPresent()) {
      if (place.get().place() == Place.BODY) {
        body.put(place.get().name(), session.get());
      } else {
        request = request.addHeader(RawHeader.create(place.get().name(), session.get()));
      }
    }
    return request.withEntity(ContentTypes.APPLICATION_JSON, body.toString());
  }
}
