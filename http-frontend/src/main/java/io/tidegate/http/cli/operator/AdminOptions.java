package io.tidegate.http.cli.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the running gate's admin port is, and how a command asks it something. */
public final class AdminOptions {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  private URI admin;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description =
          "The admin token; else $TIDEGATE_ADMIN_TOKEN, else the file in the data directory.")
  private String token;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "The gate's data directory (default: ${DEFAULT-VALUE}).")
  private Path data;

  @Option(
      names = "--admin",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:9090",
      description = "The gate's admin address (default: ${DEFAULT-VALUE}).")
  void admin(URI url) {
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http || url.getHost() == null) {
      throw new ParameterException(
          command.commandLine(), "--admin: needs the form http://host:port, not " + url);
    }
    admin = url;
  }

  /** Reads; fails with a sentence if no gate answers, or it refuses. */
  public JsonNode get(String path) throws IOException, InterruptedException {
    return ask(request(path).GET());
  }

  /** Changes something that needs no words. */
  public JsonNode post(String path) throws IOException, InterruptedException {
    return post(path, "{}");
  }

  /** Changes something. */
  public JsonNode post(String path, String json) throws IOException, InterruptedException {
    return ask(
        request(path)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  /** Any call; a body even if it is empty, since only a program of ours sends that type. */
  public JsonNode send(String method, String path, String body)
      throws IOException, InterruptedException {
    return ask(
        request(path)
            .header("content-type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(admin.resolve(path)).timeout(PATIENCE);
    knownToken().ifPresent(known -> request.header("authorization", "Bearer " + known));
    return request;
  }

  private JsonNode ask(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer;
    try {
      answer =
          HttpClient.newBuilder()
              .connectTimeout(PATIENCE)
              .build()
              .send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IOException("no gate answers at " + admin + "; is it running?", e);
    }
    JsonNode body = JSON.readTree(answer.body());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(
          "the gate refused: " + body.path("error").path("message").asText(answer.body()));
    }
    return body;
  }

  private Optional<String> knownToken() throws IOException {
    Optional<String> given =
        Optional.ofNullable(token)
            .or(() -> Optional.ofNullable(System.getenv("TIDEGATE_ADMIN_TOKEN")))
            .filter(text -> !text.isBlank());
    return given.isPresent() ? given : AdminToken.readFrom(data);
  }
}
