package io.tidegate.http.signup.page;

import io.tidegate.engine.signup.gate.GateView;
import io.tidegate.http.proxy.OwnCalls;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.agrona.concurrent.EpochClock;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/**
 * Answers {@code /signup}, what belongs to that page, and {@code /signup/v1/status}: reading, for
 * everybody, without waiting for anybody.
 *
 * <p>Threading: safe for all.
 */
public final class SignupPages implements OwnCalls {

  /** Where the page is. */
  public static final String PATH = "/signup";

  private static final String STATUS = "/signup/v1/status";
  private static final ContentType CSS = ContentTypes.parse("text/css; charset=utf-8");
  private static final ContentType SCRIPT = ContentTypes.parse("text/javascript; charset=utf-8");
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:;"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  private static final int LONGEST_ID = 128;

  private final boolean sold;
  private final Supplier<List<GateView>> plans;
  private final Function<String, Optional<PlaceView>> places;
  private final EpochClock clock;
  private final byte[] css = resource("page.css");
  private final byte[] script = resource("page.js");

  /**
   * Pages of a gate.
   *
   * @param sold whether any plan is sold
   * @param plans how they are sold, as far as is known
   * @param places somebody's place by its id
   */
  public SignupPages(
      boolean sold,
      Supplier<List<GateView>> plans,
      Function<String, Optional<PlaceView>> places,
      EpochClock clock) {
    this.sold = sold;
    this.plans = plans;
    this.places = places;
    this.clock = clock;
  }

  @Override
  public Optional<HttpResponse> atOnce(HttpRequest request) {
    return switch (request.getUri().path()) {
      case PATH, PATH + "/" -> Optional.of(ifRead(request, () -> page(request)));
      case PATH + "/page.css" -> Optional.of(ifRead(request, () -> file(CSS, css)));
      case PATH + "/page.js" -> Optional.of(ifRead(request, () -> file(SCRIPT, script)));
      case STATUS -> Optional.of(ifRead(request, this::status));
      default -> Optional.empty();
    };
  }

  /** Nothing here has to be read. */
  @Override
  public boolean takes(String target) {
    return false;
  }

  @Override
  public CompletionStage<HttpResponse> answer(
      HttpRequest whole, String target, InetSocketAddress client, String requestId) {
    throw new IllegalStateException("nothing was taken");
  }

  private static HttpResponse ifRead(HttpRequest request, Supplier<HttpResponse> answer) {
    boolean read =
        request.method().equals(HttpMethods.GET) || request.method().equals(HttpMethods.HEAD);
    return read
        ? answer.get()
        : error(405, "This address does not take that method.")
            .addHeader(RawHeader.create("Allow", "GET, HEAD"));
  }

  /** The page for whoever names a place, which was looked up. */
  public HttpResponse ofPlace(HttpRequest request, Optional<PlaceView> place) {
    return ifRead(request, () -> page(request, true, place));
  }

  private HttpResponse page(HttpRequest request) {
    Optional<String> id = request.getUri().query().get("entry");
    Optional<PlaceView> place = id.filter(text -> text.length() <= LONGEST_ID).flatMap(places);
    return page(request, id.isPresent(), place);
  }

  private HttpResponse page(HttpRequest request, boolean named, Optional<PlaceView> place) {
    PageLanguage language =
        PageLanguage.of(request.getHeader("accept-language").map(HttpHeader::value));
    String html = StatusHtml.of(language, plans.get(), sold, named, place, clock.time());
    return HttpResponse.create()
        .withEntity(ContentTypes.TEXT_HTML_UTF8, html)
        .addHeader(RawHeader.create("Content-Language", language.tag()))
        .addHeader(RawHeader.create("Vary", "Accept-Language"))
        .addHeader(RawHeader.create("Cache-Control", "no-store"))
        .addHeader(RawHeader.create("Content-Security-Policy", POLICY))
        // The address may name a place, which is nobody else's business.
        .addHeader(RawHeader.create("Referrer-Policy", "no-referrer"))
        .addHeader(RawHeader.create("X-Content-Type-Options", "nosniff"));
  }

  private HttpResponse status() {
    List<GateView> views = plans.get();
    if (views.isEmpty()) {
      return sold
          ? error(503, "How plans are sold cannot be told at this moment.")
          : error(404, "No plan is sold here.");
    }
    return HttpResponse.create()
        .withEntity(ContentTypes.APPLICATION_JSON, StatusJson.of(views))
        .addHeader(RawHeader.create("Cache-Control", "no-store"));
  }

  private static HttpResponse file(ContentType type, byte[] content) {
    return HttpResponse.create()
        .withEntity(HttpEntities.create(type, content))
        .addHeader(RawHeader.create("Cache-Control", "max-age=300"))
        .addHeader(RawHeader.create("X-Content-Type-Options", "nosniff"));
  }

  private static HttpResponse error(int code, String sentence) {
    return HttpResponse.create()
        .withStatus(StatusCodes.lookup(code).orElseThrow())
        .withEntity(
            ContentTypes.APPLICATION_JSON,
            "{\"error\":{\"message\":\"%s\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}\n"
                .formatted(sentence));
  }

  private static byte[] resource(String name) {
    try (InputStream in = SignupPages.class.getResourceAsStream("/signup/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
