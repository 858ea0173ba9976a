package io.tidegate.http.proxy;

import io.tidegate.engine.admission.Permit;
import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.http.access.Visit;
import io.tidegate.http.upstream.selection.Place;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/**
 * A request that goes to an upstream, with all that is known about it.
 *
 * @param request as the client sent it
 * @param client the client's address
 * @param requestId its name in everybody's logs
 * @param place where it goes first
 * @param permit its right to a seat; one without a seat for reads
 * @param grant of a request that took a seat
 * @param visit what the access log sees of it
 * @param asksForStream whether the answer is wanted as a stream, as far as can be seen
 */
public record Trip(
    HttpRequest request,
    InetSocketAddress client,
    String requestId,
    Place place,
    Permit permit,
    Optional<Grant> grant,
    Visit visit,
    boolean asksForStream) {

  /** The class of a request that took a seat. */
  public Optional<ServiceClass> serviceClass() {
    return grant.map(Grant::serviceClass);
  }
}
