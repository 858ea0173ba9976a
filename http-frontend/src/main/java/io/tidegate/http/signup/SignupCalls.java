package io.tidegate.http.signup;

import io.tidegate.engine.signup.EntryView;
import io.tidegate.engine.signup.desk.SignupDesk;
import io.tidegate.http.proxy.OwnCalls;
import io.tidegate.http.signup.SignupApi.Call;
import io.tidegate.http.signup.SignupApi.Reply;
import io.tidegate.http.signup.page.PlaceView;
import io.tidegate.http.signup.page.SignupPages;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.util.ByteString;

/**
 * The sign-up calls as requests of the data port.
 *
 * <p>Threading: safe for all.
 */
public final class SignupCalls implements OwnCalls {
  private static final String PREFIX = "/signup/v1/";
  private static final String BEARER = "bearer ";

  private static final String STATUS = PREFIX + "status";
  private static final String PAGE = SignupPages.PATH + "?";
  private static final String ENTRY = "entry=";

  private final SignupApi api;
  private final SignupDesk desk;
  private final SignupPages pages;

  /** The calls of a desk, and its page. */
  public SignupCalls(SignupApi api, SignupDesk desk, SignupPages pages) {
    this.api = api;
    this.desk = desk;
    this.pages = pages;
  }

  @Override
  public Optional<HttpResponse> atOnce(HttpRequest request) {
    return pages.atOnce(request);
  }

  /** Also the status page of somebody's own place, since that is looked up. */
  @Override
  public boolean takes(String target) {
    return (target.startsWith(PREFIX) && !target.startsWith(STATUS))
        || (target.startsWith(PAGE) && target.contains(ENTRY));
  }

  @Override
  public CompletionStage<HttpResponse> answer(
      HttpRequest whole, String target, InetSocketAddress client, String requestId) {
    if (target.startsWith(PAGE)) {
      return page(whole, requestId);
    }
    ByteString body = ((HttpEntity.Strict) whole.entity()).getData();
    CompletionStage<Reply> reply =
        body.size() > SignupApi.MAX_BODY_BYTES
            ? tooLarge()
            : api.answer(
                new Call(
                    whole.method().value(),
                    path(target),
                    header(whole, "idempotency-key"),
                    bearer(whole),
                    body.utf8String(),
                    client.getAddress()));
    return reply.thenApply(answered -> response(answered, requestId));
  }

  private CompletionStage<HttpResponse> page(HttpRequest request, String requestId) {
    String id = request.getUri().query().get("entry").orElse("");
    return desk.entry(id)
        .exceptionally(down -> Optional.empty())
        .thenApply(
            found ->
                pages
                    .ofPlace(request, found.map(SignupCalls::place))
                    .addHeader(RawHeader.create("x-request-id", requestId)));
  }

  private static PlaceView place(EntryView view) {
    return new PlaceView(
        PlaceView.Status.valueOf(view.entry().status().name()),
        view.ahead(),
        view.estimate()
            .map(range -> OptionalLong.of(range.lowSeconds()))
            .orElse(OptionalLong.empty()),
        view.estimate()
            .map(range -> OptionalLong.of(range.highSeconds()))
            .orElse(OptionalLong.empty()));
  }

  private static CompletionStage<Reply> tooLarge() {
    String message = "The body of this call has at most 64 KiB.";
    String json = SignupError.invalid(413, "body_too_large", message).json();
    return CompletableFuture.completedFuture(new Reply(413, json, 0));
  }

  private static String path(String target) {
    int query = target.indexOf('?');
    String path = target.substring(PREFIX.length(), query < 0 ? target.length() : query);
    try {
      // A form's plus stands for a blank, a path's for itself.
      return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException badlyEscaped) {
      return path;
    }
  }

  private static Optional<String> header(HttpRequest request, String name) {
    return request.getHeader(name).map(HttpHeader::value);
  }

  private static Optional<String> bearer(HttpRequest request) {
    return header(request, "authorization")
        .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(BEARER))
        .map(value -> value.substring(BEARER.length()).strip());
  }

  private static HttpResponse response(Reply reply, String requestId) {
    HttpResponse response =
        HttpResponse.create()
            .withStatus(reply.status())
            .addHeader(RawHeader.create("x-request-id", requestId))
            .addHeader(RawHeader.create("cache-control", "no-store"))
            .withEntity(ContentTypes.APPLICATION_JSON, ByteString.fromString(reply.body() + "\n"));
    return reply.retryAfterSeconds() == 0
        ? response
        : response.addHeader(
            RawHeader.create("retry-after", Long.toString(reply.retryAfterSeconds())));
  }
}
