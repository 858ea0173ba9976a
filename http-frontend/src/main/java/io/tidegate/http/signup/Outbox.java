package io.tidegate.http.signup;

import io.tidegate.engine.signup.desk.SignupDesk;
import io.tidegate.engine.signup.desk.upkeep.Delivered;
import io.tidegate.engine.signup.store.table.OutboxTable;
import io.tidegate.engine.signup.store.table.OutboxTable.Delivery;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the listeners what the desk has written into the outbox: at least once, a few at a time,
 * until they have taken it.
 *
 * <p>An event whose listener took it and whose row could not be taken out is told again: that is
 * what {@code webhook-id} is for. A listener's answer is not read, and no redirect is followed.
 *
 * <p>Threading: {@link #round} for one caller at a time; it blocks nobody.
 */
public final class Outbox {
  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
  private static final int AT_ONCE = 32;
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final SignupDesk desk;
  private final Map<String, Webhook> listeners;
  private final LongSupplier epochMillis;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /** Listeners by their names. */
  public Outbox(SignupDesk desk, List<Webhook> listeners, LongSupplier epochMillis) {
    this.desk = desk;
    this.listeners =
        listeners.stream().collect(Collectors.toMap(Webhook::name, Function.identity()));
    this.epochMillis = epochMillis;
  }

  /** Tells what is due; completes, never with a failure, with how many were told or given up. */
  public CompletionStage<Integer> round() {
    return desk.look(
            (connection, fingerprints) ->
                new OutboxTable(connection).due(epochMillis.getAsLong(), AT_ONCE))
        .thenCompose(this::tellAll)
        .exceptionally(
            failure -> {
              LOG.debug("no events are told now: {}", failure.toString());
              return 0;
            });
  }

  private CompletionStage<Integer> tellAll(List<Delivery> due) {
    List<CompletableFuture<Boolean>> told = new ArrayList<>();
    for (Delivery delivery : due) {
      told.add(tell(delivery).toCompletableFuture());
    }
    return CompletableFuture.allOf(told.toArray(CompletableFuture<?>[]::new))
        .thenApply(all -> (int) told.stream().filter(CompletableFuture::join).count());
  }

  private CompletionStage<Boolean> tell(Delivery delivery) {
    Webhook listener = listeners.get(delivery.target());
    if (listener == null) {
      return settle(delivery, Optional.of("nobody listens at that address any more"));
    }
    return client
        .sendAsync(request(listener, delivery), BodyHandlers.discarding())
        .handle(Outbox::error)
        .thenCompose(error -> settle(delivery, error));
  }

  private HttpRequest request(Webhook listener, Delivery delivery) {
    long seconds = epochMillis.getAsLong() / 1000;
    return HttpRequest.newBuilder(listener.url())
        .timeout(PATIENCE)
        .header("content-type", "application/json")
        .header("user-agent", "tidegate")
        .header("webhook-id", delivery.id())
        .header("webhook-timestamp", Long.toString(seconds))
        .header("webhook-signature", listener.signature(delivery.id(), seconds, delivery.body()))
        .POST(BodyPublishers.ofString(delivery.body()))
        .build();
  }

  private static Optional<String> error(HttpResponse<Void> response, Throwable failure) {
    if (failure != null) {
      return Optional.of(String.valueOf(failure.getMessage()));
    }
    boolean taken = response.statusCode() / 100 == 2;
    return taken ? Optional.empty() : Optional.of("answered " + response.statusCode());
  }

  private CompletionStage<Boolean> settle(Delivery delivery, Optional<String> error) {
    OptionalLong again =
        error.isPresent()
            ? Backoff.next(
                delivery.attempts() + 1,
                delivery.createdAtMillis(),
                epochMillis.getAsLong(),
                ThreadLocalRandom.current().nextDouble())
            : OptionalLong.empty();
    if (error.isPresent() && again.isEmpty()) {
      LOG.error(
          "{} {} was not taken by {} for a day: {}",
          delivery.type(),
          delivery.id(),
          delivery.target(),
          error.get());
    }
    return desk.ask(new Delivered(delivery.id(), delivery.target(), error, again))
        .thenApply(done -> again.isEmpty())
        .exceptionally(failure -> false);
  }
}
