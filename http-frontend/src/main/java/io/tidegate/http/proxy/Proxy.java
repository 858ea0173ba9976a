package io.tidegate.http.proxy;

import io.tidegate.engine.Engine;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.http.access.Visit;
import io.tidegate.http.access.Visits;
import io.tidegate.http.config.listen.ListenConfig;
import io.tidegate.http.identity.Caller;
import io.tidegate.http.identity.Callers;
import io.tidegate.http.proxy.asked.AdmissionRequests;
import io.tidegate.http.reply.ErrorCase;
import io.tidegate.http.reply.Replies;
import io.tidegate.http.reply.RequestIds;
import io.tidegate.http.upstream.Upstreams;
import io.tidegate.http.upstream.models.ModelLists;
import io.tidegate.http.upstream.selection.Outlook;
import io.tidegate.http.upstream.selection.Place;
import io.tidegate.http.upstream.selection.Wanted;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/**
 * Decides what becomes of a request: who is asking, whether an upstream is there, and whether the
 * engine admits it. Decided on the caller's thread, without waiting for anybody.
 *
 * <p>Threading: safe for all.
 */
public final class Proxy {

  private final Engine engine;
  private final Callers callers;
  private final Upstreams upstreams;
  private final ModelLists models;
  private final Replies replies;
  private final Asking.Rooms rooms;
  private final OwnCalls own;
  private final Visits visits;
  private final RequestIds ids = new RequestIds();

  /**
   * What decides for one configuration.
   *
   * @param refusals is told of each refusal of somebody known; it must not wait
   * @param visits who sees requests
   */
  public Proxy(
      Engine engine,
      AdmissionRequests requests,
      Callers callers,
      Upstreams upstreams,
      ModelLists models,
      Replies replies,
      ListenConfig listen,
      OwnCalls own,
      BiConsumer<Subscriber, RefusalReason> refusals,
      Visits visits) {
    this.engine = engine;
    this.callers = callers;
    this.upstreams = upstreams;
    this.models = models;
    this.replies = replies;
    this.own = own;
    this.rooms =
        new Asking.Rooms(engine, requests, upstreams, replies, refusals, listen.maxBodyBytes());
    this.visits = visits;
  }

  /** What becomes of a request that a client has sent. */
  public Decision decide(HttpRequest request, InetSocketAddress client) {
    String id = ids.of(request);
    RequestTarget target = RequestTarget.of(request);
    if (own.takes(target.raw())) {
      return new Decision.Read(new OwnQuestion(own, request, client, id, replies));
    }
    Optional<String> session = target.sessionName();
    boolean endsSession = session.isPresent() && request.method().equals(HttpMethods.DELETE);
    if (!endsSession && !target.isModelApi()) {
      return new Decision.Answer(
          own.atOnce(request)
              .map(page -> page.addHeader(RawHeader.create("x-request-id", id)))
              .orElseGet(() -> replies.error(ErrorCase.NOT_FOUND, id)));
    }
    if (RequestMethods.wantsWebSocket(request)) {
      return new Decision.Answer(replies.error(ErrorCase.NO_WEBSOCKET, id));
    }
    if (RequestMethods.isPreflight(request)) {
      return pass(request, client, id);
    }
    Caller caller = callers.of(request, client.getAddress());
    if (!(caller instanceof Caller.Known known)) {
      ErrorCase error =
          caller instanceof Caller.Undecided
              ? ErrorCase.CALLER_UNDECIDED
              : ErrorCase.UNKNOWN_CALLER;
      visits.begin(request, id, Optional.empty()).refused(Optional.empty(), error.reason(), 0);
      return new Decision.Answer(replies.error(error, id));
    }
    if (endsSession) {
      return endSession(known.subscriber(), session.get(), id);
    }
    return RequestMethods.isRead(request)
        ? pass(request, client, id)
        : new Asking(
                rooms,
                request,
                client,
                id,
                known.subscriber(),
                visits.begin(request, id, Optional.of(known.subscriber().id())))
            .begin();
  }

  private Decision endSession(Subscriber subscriber, String name, String id) {
    return new Decision.Answer(
        engine.endSession(subscriber, name)
            ? replies.sessionEnded(id)
            : replies.error(ErrorCase.NO_SUCH_SESSION, id));
  }

  /** Lets a request pass that costs no seat. */
  private Decision pass(HttpRequest request, InetSocketAddress client, String id) {
    if (engine.draining()) {
      return new Decision.Answer(replies.error(ErrorCase.DRAINING, id));
    }
    RequestTarget target = RequestTarget.of(request);
    if (target.isModelList() && request.method().equals(HttpMethods.GET) && models.areSeveral()) {
      return new Decision.Later(models.json(System.nanoTime()).thenApply(list -> models(list, id)));
    }
    Wanted wanted = new Wanted(target.model(), 0);
    long nowNanos = System.nanoTime();
    Optional<Place> found = upstreams.pool().take(wanted, nowNanos);
    if (found.isEmpty() && upstreams.pool().outlook(wanted, nowNanos) == Outlook.NoModel.INSTANCE) {
      return new Decision.Answer(replies.error(ErrorCase.NO_MODEL, id));
    }
    return found
        .<Decision>map(
            place ->
                new Decision.Forward(
                    new Trip(
                        request,
                        client,
                        id,
                        place,
                        SeatlessPermit.INSTANCE,
                        Optional.empty(),
                        Visit.UNSEEN,
                        false)))
        .orElseGet(() -> new Decision.Answer(replies.error(ErrorCase.NO_UPSTREAM, id)));
  }

  private HttpResponse models(Optional<String> list, String id) {
    return list.map(
            json ->
                HttpResponse.create()
                    .withEntity(ContentTypes.APPLICATION_JSON, json)
                    .addHeader(RawHeader.create("x-request-id", id)))
        .orElseGet(
            () ->
                replies.error(
                    upstreams.anyHealthy() ? ErrorCase.UPSTREAM_ERROR : ErrorCase.NO_UPSTREAM, id));
  }
}
