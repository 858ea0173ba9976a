package io.tidegate.http.upstream.models;

import io.tidegate.http.config.upstream.UpstreamConfig;
import io.tidegate.http.upstream.OwnRequests;
import io.tidegate.http.upstream.Upstream;
import io.tidegate.http.upstream.UpstreamConnection;
import io.tidegate.http.upstream.UpstreamFailure;
import io.tidegate.http.upstream.Upstreams;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.Materializer;

/**
 * Asks all upstreams for their models. What they said is kept for five seconds, so that clients who
 * ask often, which costs them no seat, do not ask every upstream as often. An upstream that is
 * away, late or talks nonsense is left out.
 *
 * <p>Threading: safe for all.
 */
public final class ModelLists {

  static final Duration KEPT = Duration.ofSeconds(5);
  static final Duration DEADLINE = Duration.ofSeconds(5);
  static final long MOST_BYTES = 4L << 20;

  private static final String PATH = "/v1/models";
  private static final int OK = 200;

  private record Kept(long askedNanos, CompletableFuture<Optional<String>> list) {}

  private final Upstreams upstreams;
  private final Materializer materializer;
  private final AtomicReference<Kept> kept = new AtomicReference<>();

  public ModelLists(Upstreams upstreams, ActorSystem system) {
    this.upstreams = upstreams;
    this.materializer = Materializer.createMaterializer(system);
  }

  /** Whether there is anything to put together: else the one upstream's own list is the list. */
  public boolean areSeveral() {
    return upstreams.all().size() > 1
        || upstreams.all().stream().anyMatch(one -> !one.member().models().matchAll());
  }

  /** All models as JSON, within the deadline; empty if no upstream has told. */
  public CompletableFuture<Optional<String>> json(long nowNanos) {
    Kept last = kept.get();
    if (last != null && nowNanos - last.askedNanos() < KEPT.toNanos()) {
      return last.list();
    }
    Kept next = new Kept(nowNanos, new CompletableFuture<>());
    if (kept.compareAndSet(last, next)) {
      ask(next.list(), nowNanos);
      return next.list();
    }
    return kept.get().list();
  }

  private void ask(CompletableFuture<Optional<String>> result, long nowNanos) {
    List<Upstream> asked =
        upstreams.all().stream().filter(one -> one.member().standing().usable(nowNanos)).toList();
    List<CompletableFuture<byte[]>> answers = asked.stream().map(this::ask).toList();
    CompletionStage<Void> all = CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
    all.thenRun(
        () -> {
          MergedModels merged = new MergedModels();
          boolean told = false;
          for (int i = 0; i < asked.size(); i++) {
            told |= merged.add(answers.get(i).join(), asked.get(i).member().models());
          }
          result.complete(told ? Optional.of(merged.json()) : Optional.empty());
        });
  }

  /** One upstream's list; nothing if it gives none in time. */
  private CompletableFuture<byte[]> ask(Upstream upstream) {
    CompletableFuture<byte[]> result = new CompletableFuture<>();
    upstream
        .acquire()
        .whenComplete(
            (connection, failure) -> {
              if (failure != null) {
                result.complete(new byte[0]);
              } else {
                ask(upstream.config(), connection, result);
              }
            });
    return result.completeOnTimeout(new byte[0], DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void ask(
      UpstreamConfig config, UpstreamConnection connection, CompletableFuture<byte[]> result) {
    CompletionStage<byte[]> end = result;
    end.whenComplete(
        (body, failure) -> {
          if (body.length == 0) {
            connection.abort();
          } else {
            connection.release();
          }
        });
    connection.send(
        OwnRequests.read(config, config.pathPrefix() + PATH),
        new UpstreamConnection.AnswerListener() {
          @Override
          public void answered(HttpResponse response) {
            if (response.status().intValue() == OK) {
              whole(response, result);
            } else {
              result.complete(new byte[0]);
            }
          }

          @Override
          public void failed(UpstreamFailure failure) {
            result.complete(new byte[0]);
          }
        });
  }

  private void whole(HttpResponse response, CompletableFuture<byte[]> result) {
    response
        .entity()
        .withSizeLimit(MOST_BYTES)
        .toStrict(DEADLINE.toMillis(), materializer)
        .whenComplete(
            (entity, failure) ->
                result.complete(failure == null ? entity.getData().toArrayUnsafe() : new byte[0]));
  }
}
