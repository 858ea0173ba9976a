package io.tidegate.http.relay;

import static org.apache.pekko.http.javadsl.model.ContentTypes.NO_CONTENT_TYPE;

import io.tidegate.http.reply.ErrorCase;
import java.util.Optional;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.RequestEntity;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.util.ByteString;

/**
 * A client's body on its way up, streamed as it comes, and what became of it.
 *
 * <p>Threading: the body flows on a thread of the upstream connection's; what became of it may be
 * asked from any.
 */
final class Upload {

  private final HttpEntity entity;
  private volatile Optional<ErrorCase> fault = Optional.empty();

  private volatile Runnable whenSent = () -> {};

  Upload(HttpEntity entity) {
    this.entity = entity;
  }

  /** Names what is to happen, on any thread, when the last byte of a body in parts has gone up. */
  void whenSent(Runnable action) {
    whenSent = action;
  }

  /** Whether the body is here as a whole, so that it can be sent a second time. */
  boolean isWhole() {
    return entity instanceof HttpEntity.Strict;
  }

  /** What the client did wrong, if its body could not be read to the end. */
  Optional<ErrorCase> fault() {
    return fault;
  }

  /**
   * The body as an upstream's connection takes it, without a type: that is among the headers. A
   * body that is not whole can be taken once.
   */
  RequestEntity body() {
    if (entity instanceof HttpEntity.Strict strict) {
      return HttpEntities.create(NO_CONTENT_TYPE, strict.getData());
    }
    if (entity instanceof HttpEntity.Default sized) {
      return HttpEntities.create(
          NO_CONTENT_TYPE, sized.getContentLength(), sized.getDataBytes().via(watch()));
    }
    return HttpEntities.createChunked(NO_CONTENT_TYPE, entity.getDataBytes().via(watch()));
  }

  private Flow<ByteString, ByteString, NotUsed> watch() {
    return Flow.of(ByteString.class)
        .watchTermination(
            (unused, done) -> {
              done.whenComplete(
                  (ok, failure) -> {
                    if (failure == null) {
                      whenSent.run();
                    }
                  });
              return unused;
            })
        .mapError(
            Throwable.class,
            failure -> {
              fault =
                  Optional.of(
                      failure instanceof EntityStreamSizeException
                          ? ErrorCase.BODY_TOO_LARGE
                          : ErrorCase.MALFORMED);
              return failure;
            });
  }
}
