package io.tidegate.http.trace;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands spans on to the collector and counts those that wait for it and those that are lost. One
 * line of the log says so when that begins and when it is over.
 *
 * <p>Threading: safe for all.
 */
final class CountedExports implements SpanExporter {

  private static final Logger LOG = LoggerFactory.getLogger(CountedExports.class);

  /** The SDK's own word on the same, again and again; held here, or the level would be lost. */
  private static final java.util.logging.Logger SDK =
      java.util.logging.Logger.getLogger("io.opentelemetry");

  static {
    SDK.setLevel(Level.OFF);
  }

  private final SpanExporter collector;
  private final URI endpoint;
  private final LongAdder lost = new LongAdder();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicBoolean failing = new AtomicBoolean();

  CountedExports(SpanExporter collector, URI endpoint) {
    this.collector = collector;
    this.endpoint = endpoint;
  }

  /** Whether one more may wait; if not, it is lost. */
  boolean enters(int most) {
    if (waiting.incrementAndGet() <= most) {
      return true;
    }
    waiting.decrementAndGet();
    lost.increment();
    return false;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    int count = spans.size();
    waiting.addAndGet(-count);
    CompletableResultCode result = collector.export(spans);
    return result.whenComplete(
        () -> {
          if (!result.isSuccess()) {
            lost.add(count);
          }
          tell(!result.isSuccess());
        });
  }

  private void tell(boolean fails) {
    if (failing.compareAndSet(!fails, fails)) {
      if (fails) {
        LOG.warn("the collector at {} does not take spans; the service goes on", endpoint);
      } else {
        LOG.info("the collector at {} takes spans again", endpoint);
      }
    }
  }

  /** Spans that found the queue full, or that the collector did not take. */
  long lost() {
    return lost.sum();
  }

  @Override
  public CompletableResultCode flush() {
    return collector.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return collector.shutdown();
  }
}
