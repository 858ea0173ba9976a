package io.tidegate.http.admin;

import io.tidegate.http.live.Dashboard;
import io.tidegate.http.live.Demo;
import io.tidegate.http.live.LiveFeed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What shows the gate as it works: the dashboard, its feed, and recorded histograms. */
final class LiveRoutes {
  private static final Logger AUDIT = LoggerFactory.getLogger("io.tidegate.audit");
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
            request -> streamed(ContentTypes.TEXT_PLAIN_UTF8, live.histogramLog())),
        AdminRoute.change("POST", "/admin/v1/demo/surge", request -> demo("surge", Demo::surge)),
        AdminRoute.change(
            "POST", "/admin/v1/demo/gate/on", request -> demo("gate on", d -> d.gate(true))),
        AdminRoute.change(
            "POST", "/admin/v1/demo/gate/off", request -> demo("gate off", d -> d.gate(false))));
  }

  private HttpResponse demo(String what, Consumer<Demo> deed) {
    Optional<Demo> story = live.demo();
    AUDIT.info("demo: {}", what);
    story.ifPresent(deed);
    return story.isPresent()
        ? AdminAnswers.json(202, Map.of("message", "It is done; the dashboard shows it."))
        : AdminAnswers.error(404, "This gate tells no story: it is no demo.");
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
