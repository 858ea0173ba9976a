package io.tidegate.http.proxy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.util.ByteString;

/**
 * Whether a request asks for its answer as a stream: {@code "stream": true} at the top of its JSON.
 * Read only where the whole body came with the head; the answer is then owed sooner.
 */
final class StreamWish {

  private static final JsonFactory JSON = new JsonFactory();

  private StreamWish() {}

  static boolean isIn(HttpEntity entity) {
    return entity instanceof HttpEntity.Strict strict && isIn(strict.getData());
  }

  private static boolean isIn(ByteString body) {
    try (JsonParser parser = JSON.createParser(body.asInputStream())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean stream = parser.currentName().equals("stream");
        JsonToken value = parser.nextToken();
        if (stream) {
          return value == JsonToken.VALUE_TRUE;
        }
        parser.skipChildren();
      }
      return false;
    } catch (IOException malformed) {
      return false; // the upstream says what is wrong with it
    }
  }
}
