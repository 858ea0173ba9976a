package io.tidegate.http.proxy;

import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.Ticket;
import io.tidegate.http.reply.ErrorCase;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** What becomes of a request. */
public sealed interface Decision {

  /** The gate answers itself. */
  record Answer(HttpResponse response) implements Decision {}

  /** The request goes to an upstream. */
  record Forward(Trip trip) implements Decision {}

  /** The gate answers itself, but has to ask others first. Comes in time and never fails. */
  record Later(CompletionStage<HttpResponse> response) implements Decision {}

  /** The gate has to look into the body first, and needs the whole of it. */
  record Read(Question question) implements Decision {}

  /** The request waits in the queue. */
  record Wait(Ticket ticket, Question question) implements Decision {}

  /** A request that is not decided yet. */
  interface Question {

    /** Goes on with the same request, its body here as a whole. */
    Decision read(HttpRequest whole);

    /** Goes on after the wait. */
    Decision decided(Admission admission);

    /** Ends with an error of the client's own, or for want of memory. */
    Answer spoiled(ErrorCase error);

    /** Ends because the gate goes away. */
    Answer drained();

    /** Ends without an answer, since whoever asked has gone. */
    void left();
  }
}
