package io.tidegate.loadtest.backend.http.answer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.tidegate.loadtest.backend.capacity.TokenReader;
import io.tidegate.loadtest.backend.http.asked.Fault.Manner;
import io.tidegate.loadtest.backend.http.reply.Replies;

/** An answer sent as one JSON object, when all of it is made. */
final class WholeAnswer implements TokenReader {

  private final Wire wire;
  private final Completion completion;

  WholeAnswer(Wire wire, Completion completion) {
    this.wire = wire;
    this.completion = completion;
  }

  @Override
  public void begin() {}

  @Override
  public boolean ready() {
    return true;
  }

  @Override
  public void token(int number) {}

  @Override
  public void flush() {}

  @Override
  public boolean finish() {
    if (completion.breakOff().isPresent()) {
      breakOff(completion.breakOff().get().manner());
      return false;
    }
    wire.write(response());
    wire.flush();
    return true;
  }

  private void breakOff(Manner manner) {
    if (manner.isHalfChunk()) {
      FullHttpResponse whole = response();
      wire.write(new DefaultHttpResponse(whole.protocolVersion(), whole.status(), whole.headers()));
      wire.writeFirstHalf(whole.content());
    }
    wire.breakOff(manner);
  }

  private FullHttpResponse response() {
    FullHttpResponse response = Replies.ok(json());
    response.headers().set(Completions.REQUEST_ID_HEADER, completion.id());
    return response;
  }

  private ObjectNode json() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", completion.id())
            .put("object", "chat.completion")
            .put("created", completion.createdEpochSeconds())
            .put("model", completion.model())
            .put("system_fingerprint", Completion.FINGERPRINT);
    ObjectNode choice = json.putArray("choices").addObject().put("index", 0);
    choice
        .putObject("message")
        .put("role", "assistant")
        .put("content", content())
        .putNull("refusal");
    choice.putNull("logprobs").put("finish_reason", completion.finishReason());
    json.set("usage", completion.usage());
    return json;
  }

  private String content() {
    TokenText text = new TokenText(completion.tokenBytes());
    ByteBuf content = Unpooled.buffer();
    for (int number = 1; number <= completion.outputTokens(); number++) {
      text.writeTo(content, number);
    }
    return content.toString(US_ASCII);
  }
}
