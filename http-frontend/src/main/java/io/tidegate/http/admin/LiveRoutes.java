package io.tidegate.http.admin;

import io.tidegate.http.live.Dashboard;
import io.tidegate.http.live.LiveFeed;
import java.util.List;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** What shows the gate as it works: the dashboard, its feed, and recorded histograms. */
final class LiveRoutes {
  private static final ContentType EVENTS = ContentTypes.parse("text/event-stream");

  private final LiveFeed live;
  private final Dashboard dashboard = Dashboard.assemble();

  LiveRoutes(LiveFeed live) {
    this.live = live;
  }

  List<AdminRoute> all() {
    return List.of(
        AdminRoute.read("/dashboard", request -> page()),
        AdminRoute.read("/admin/v1/live", request -> feed()),
        AdminRoute.read(
            "/admin/v1/histograms.hlog",
            request -> streamed(ContentTypes.TEXT_PLAIN_UTF8, live.histogramLog())));
  }

  private HttpResponse page() {
    return HttpResponse.create()
        .withEntity(ContentTypes.TEXT_HTML_UTF8, dashboard.html())
        .addHeader(
            RawHeader.create(
                "Content-Security-Policy",
                dashboard.policy() + "; frame-ancestors 'none'; base-uri 'none'"))
        .addHeader(RawHeader.create("X-Content-Type-Options", "nosniff"))
        .addHeader(RawHeader.create("Referrer-Policy", "no-referrer"))
        .addHeader(RawHeader.create("Cache-Control", "no-store"));
  }

  private HttpResponse feed() {
    return live.hasRoom()
        ? streamed(EVENTS, live.viewer())
        : AdminAnswers.error(503, "Too many look on already.");
  }

  private static HttpResponse streamed(ContentType type, Source<ByteString, NotUsed> bytes) {
    return HttpResponse.create()
        .withEntity(HttpEntities.create(type, bytes))
        .addHeader(RawHeader.create("Cache-Control", "no-cache"));
  }
}
