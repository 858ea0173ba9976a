package io.tidegate.http.relay;

import io.tidegate.http.config.upstream.TimeoutConfig;
import io.tidegate.http.proxy.Proxy;
import io.tidegate.http.proxy.UpstreamRequests;
import io.tidegate.http.reply.Replies;
import io.tidegate.http.transport.ClientConnection;
import io.tidegate.http.upstream.Upstreams;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;

/**
 * Answers the requests of one client's connection, one after the other.
 *
 * <p>The next request is asked for when the last answer has gone out whole, so that pipelined ones
 * wait in the socket.
 */
public final class Relay extends GraphStage<FlowShape<HttpRequest, HttpResponse>> {

  /**
   * What the relays of all connections share.
   *
   * @param direct whether bodies may go from socket to socket past their streams, where there is
   *     such a way and nothing has to be done to their bytes
   */
  public record Rooms(
      Proxy proxy,
      Upstreams upstreams,
      UpstreamRequests requests,
      Replies replies,
      HeldBodies bodies,
      TimeoutConfig timeouts,
      boolean direct) {}

  private final Inlet<HttpRequest> in = Inlet.create("Relay.in");
  private final Outlet<HttpResponse> out = Outlet.create("Relay.out");
  private final FlowShape<HttpRequest, HttpResponse> shape = FlowShape.of(in, out);

  private final Supplier<Rooms> current;
  private final ClientConnection connection;

  /**
   * A relay for one connection.
   *
   * @param current what is in force now; asked once for each request
   */
  public Relay(Supplier<Rooms> current, ClientConnection connection) {
    this.current = current;
    this.connection = connection;
  }

  @Override
  public FlowShape<HttpRequest, HttpResponse> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new RelayLogic(shape, current, connection);
  }
}
