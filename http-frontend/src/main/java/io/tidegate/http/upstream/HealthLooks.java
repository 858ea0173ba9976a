package io.tidegate.http.upstream;

import io.tidegate.engine.admission.Outcome;
import io.tidegate.http.config.upstream.HealthConfig;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * Looks at one upstream again and again, one look at a time: connects to it, and reads its health
 * where the configuration names a path. Each look has a connection of its own, since whether one
 * can be made is part of the question.
 *
 * <p>Threading: runs on the system's own threads.
 */
final class HealthLooks implements AutoCloseable {

  private static final int BAD = 400;

  private final ActorSystem system;
  private final Upstream upstream;
  private final HealthConfig config;
  private final Duration patience;
  private final AtomicBoolean looking = new AtomicBoolean();
  private final Cancellable schedule;

  /**
   * Begins to look.
   *
   * @param patience for the answer, once there is a connection
   */
  HealthLooks(ActorSystem system, Upstream upstream, Duration patience) {
    this.system = system;
    this.upstream = upstream;
    this.config = upstream.config().health();
    this.patience = patience;
    this.schedule =
        system
            .scheduler()
            .scheduleWithFixedDelay(
                Duration.ZERO, config.interval(), this::look, system.dispatcher());
  }

  private void look() {
    if (looking.compareAndSet(false, true)) {
      upstream
          .connectForALook()
          .whenComplete(
              (connection, failure) -> {
                if (failure instanceof UpstreamFailure late
                    && late.outcome() == Outcome.CONNECT_TIMEOUT) {
                  upstream.isUnwell("no connection in time"); // or it is this machine that is busy
                  looking.set(false);
                } else if (failure != null) {
                  upstream.wasNotReached(failure);
                  looking.set(false);
                } else if (config.path().isPresent()) {
                  read(connection, config.path().get());
                } else {
                  connection.abort();
                  upstream.wasReached();
                  looking.set(false);
                }
              });
    }
  }

  private void read(UpstreamConnection connection, String path) {
    AtomicBoolean over = new AtomicBoolean();
    Cancellable deadline =
        system
            .scheduler()
            .scheduleOnce(
                patience,
                () -> end(over, connection, path + " did not answer in time"),
                system.dispatcher());
    connection.send(
        OwnRequests.read(upstream.config(), path),
        new UpstreamConnection.AnswerListener() {
          @Override
          public void answered(HttpResponse response) {
            deadline.cancel();
            int status = response.status().intValue();
            end(over, connection, status < BAD ? "" : path + " answered " + status);
          }

          @Override
          public void failed(UpstreamFailure failure) {
            deadline.cancel();
            end(over, connection, path + ": " + Outcome.UPSTREAM_DIED.label());
          }
        });
  }

  /** Ends a look, once; it was good if there is no trouble to name. */
  private void end(AtomicBoolean over, UpstreamConnection connection, String trouble) {
    if (over.compareAndSet(false, true)) {
      connection.abort();
      if (trouble.isEmpty()) {
        upstream.wasReached();
      } else {
        upstream.isUnwell(trouble);
      }
      looking.set(false);
    }
  }

  @Override
  public void close() {
    schedule.cancel();
  }
}
