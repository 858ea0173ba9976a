package io.tidegate.http.proxy;

import io.tidegate.engine.Engine;
import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.http.access.Visit;
import io.tidegate.http.proxy.asked.AdmissionRequests;
import io.tidegate.http.proxy.asked.Asked;
import io.tidegate.http.reply.ErrorCase;
import io.tidegate.http.reply.Replies;
import io.tidegate.http.upstream.Upstreams;
import io.tidegate.http.upstream.selection.Outlook;
import io.tidegate.http.upstream.selection.Place;
import io.tidegate.http.upstream.selection.Wanted;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/**
 * One request of a known subscriber that asks for a seat, until it is decided.
 *
 * <p>Threading: one thread at a time.
 */
final class Asking implements Decision.Question {

  private static final long DRAINING_RETRY_MILLIS = 1_000;

  /** What all of them share. */
  record Rooms(
      Engine engine,
      AdmissionRequests requests,
      Upstreams upstreams,
      Replies replies,
      BiConsumer<Subscriber, RefusalReason> refusals,
      long maxBodyBytes) {}

  private final Rooms rooms;
  private final InetSocketAddress client;
  private final String id;
  private final Subscriber subscriber;
  private final Visit visit;
  private HttpRequest request;
  private Wanted wanted;
  private boolean streamed;
  private long decisionNanos;
  private long waitsSinceNanos;
  private Optional<ServiceClass> waitsIn = Optional.empty();

  Asking(
      Rooms rooms,
      HttpRequest request,
      InetSocketAddress client,
      String id,
      Subscriber subscriber,
      Visit visit) {
    this.rooms = rooms;
    this.request = request;
    this.client = client;
    this.id = id;
    this.subscriber = subscriber;
    this.visit = visit;
  }

  /** The first step: what can be said by the head alone. */
  Decision begin() {
    OptionalLong length = request.entity().getContentLengthOption();
    if (length.isPresent() && length.getAsLong() > rooms.maxBodyBytes()) {
      return spoiled(ErrorCase.BODY_TOO_LARGE);
    }
    if (rooms.engine().draining()) {
      return drained();
    }
    Optional<Decision> nowhere = nowhere(new Wanted("", 1));
    if (nowhere.isPresent()) {
      return nowhere.get(); // before a client that asks for leave to send its body gets it
    }
    return request.entity().isStrict() || !rooms.requests().looksInto(request)
        ? ask()
        : new Decision.Read(this);
  }

  @Override
  public Decision read(HttpRequest whole) {
    request = whole;
    return ask();
  }

  private Decision ask() {
    Optional<Asked> asked = rooms.requests().of(subscriber, request);
    if (asked.isEmpty()) {
      return spoiled(ErrorCase.BODY_UNREADABLE);
    }
    AdmissionRequest wish = asked.get().admission();
    visit.session(wish.session().name());
    visit.model(asked.get().model());
    wanted = new Wanted(asked.get().model(), wish.seats());
    Optional<Decision> nowhere = rooms.engine().draining() ? Optional.empty() : nowhere(wanted);
    if (nowhere.isPresent()) {
      return nowhere.get();
    }
    streamed = wish.streamed();
    long begunNanos = System.nanoTime();
    Admission admission = rooms.engine().admit(wish);
    waitsSinceNanos = System.nanoTime();
    decisionNanos = waitsSinceNanos - begunNanos;
    if (admission instanceof Admission.Waiting waiting) {
      waitsIn = Optional.of(waiting.serviceClass());
      return new Decision.Wait(waiting.ticket(), this);
    }
    return end(admission, 0);
  }

  /**
   * The refusal of a request that no upstream could take if it were let in; empty if one could.
   * That all of them are full is for the engine to say, which knows who goes first.
   */
  private Optional<Decision> nowhere(Wanted what) {
    Outlook outlook = rooms.upstreams().pool().outlook(what, System.nanoTime());
    if (outlook instanceof Outlook.Down down) {
      return Optional.of(turnAway(RefusalReason.NO_UPSTREAM, down.retryMillis()));
    }
    return outlook == Outlook.NoModel.INSTANCE
        ? Optional.of(turnAway(RefusalReason.NO_MODEL, 0))
        : Optional.empty();
  }

  private Decision turnAway(RefusalReason reason, long retryMillis) {
    return refuse(rooms.engine().turnAway(subscriber, reason, retryMillis), 0);
  }

  @Override
  public Decision decided(Admission admission) {
    return end(admission, System.nanoTime() - waitsSinceNanos);
  }

  private Decision end(Admission admission, long waitedNanos) {
    return admission instanceof Admission.Admitted admitted
        ? forward(admitted)
        : refuse((Admission.Refused) admission, waitedNanos);
  }

  private Decision forward(Admission.Admitted admitted) {
    Optional<Place> place = rooms.upstreams().pool().take(wanted, System.nanoTime());
    if (place.isEmpty()) {
      return noPlace(admitted);
    }
    visit.admitted(admitted.serviceClass(), admitted.queuedNanos());
    Grant grant =
        new Grant(
            admitted.serviceClass(),
            decisionNanos,
            admitted.queuedNanos(),
            rooms.engine().requestsAllowance(subscriber),
            rooms.engine().tokensAllowance(subscriber));
    return new Decision.Forward(
        new Trip(
            request,
            client,
            id,
            place.get(),
            admitted.permit(),
            Optional.of(grant),
            visit,
            streamed));
  }

  /** Upstreams have gone away or filled up since the request asked, or while it waited. */
  private Decision noPlace(Admission.Admitted admitted) {
    boolean full =
        rooms.upstreams().pool().outlook(wanted, System.nanoTime()) == Outlook.Full.INSTANCE;
    Outcome outcome = full ? Outcome.UPSTREAM_BUSY : Outcome.CONNECT_FAILED;
    admitted.permit().complete(outcome);
    visit.admitted(admitted.serviceClass(), admitted.queuedNanos());
    visit.ended("", outcome);
    ErrorCase error = full ? ErrorCase.NO_ROOM : ErrorCase.NO_UPSTREAM;
    return new Decision.Answer(rooms.replies().failed(error, admitted.serviceClass(), id));
  }

  private Decision refuse(Admission.Refused refused, long waitedNanos) {
    visit.refused(Optional.of(refused.serviceClass()), refused.reason().label(), waitedNanos);
    rooms.refusals().accept(subscriber, refused.reason());
    return new Decision.Answer(rooms.replies().refused(refused, waitedNanos, id));
  }

  @Override
  public Decision.Answer spoiled(ErrorCase error) {
    RefusalReason reason =
        error == ErrorCase.QUEUE_FULL ? RefusalReason.QUEUE_FULL : RefusalReason.BAD_REQUEST;
    rooms.refusals().accept(subscriber, reason);
    return answer(error, rooms.engine().turnAway(subscriber, reason, 0).serviceClass());
  }

  @Override
  public Decision.Answer drained() {
    // Whoever waits has been counted as offered, and is counted as gone when the place is given up.
    ServiceClass known =
        waitsIn.orElseGet(
            () ->
                rooms
                    .engine()
                    .turnAway(subscriber, RefusalReason.DRAINING, DRAINING_RETRY_MILLIS)
                    .serviceClass());
    return answer(ErrorCase.DRAINING, known);
  }

  @Override
  public void left() {
    visit.left(waitsIn, waitsIn.isPresent() ? System.nanoTime() - waitsSinceNanos : 0);
  }

  private Decision.Answer answer(ErrorCase error, ServiceClass known) {
    visit.refused(Optional.of(known), error.reason(), 0);
    return new Decision.Answer(rooms.replies().error(error, known, id));
  }
}
