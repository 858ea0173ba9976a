package io.tidegate.loadtest.client.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.loadtest.record.result.Ending;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class StreamCheckTest {

  private final StreamCheck check = new StreamCheck();

  @Test
  void takesARoleForNoToken() throws IOException {
    assertThat(chunk("{'choices':[{'delta':{'role':'assistant','content':''}}]}")).isFalse();
    assertThat(chunk("{'choices':[{'delta':{'role':'assistant','content':null}}]}")).isFalse();
    assertThat(chunk("{'choices':[]}")).isFalse();
    assertThat(chunk("{'choices':[{'delta':{'content':'Hi'},'finish_reason':null}]}")).isTrue();
  }

  @Test
  void takesReasoningAndCallsOfToolsForTokens() throws IOException {
    assertThat(chunk("{'choices':[{'delta':{'reasoning_content':'hm'}}]}")).isTrue();
    assertThat(chunk("{'choices':[{'delta':{'tool_calls':[{'index':0,'id':'c'}]}}]}")).isTrue();
    assertThat(chunk("{'choices':[{'delta':{'tool_calls':[]}}]}")).isFalse();
    assertThat(chunk("{'choices':[{'text':'old style'}]}")).isTrue();
  }

  @Test
  void passesAWholeStream() throws IOException {
    chunk(token(1));
    chunk(token(2));
    chunk("{'choices':[{'delta':{},'finish_reason':'stop'}]}");
    check.done();
    assertThat(check.ending(true)).isEqualTo(Ending.ok());
    assertThat(check.tokens()).isEqualTo(2);
    assertThat(check.finishReason()).contains("stop");
  }

  @Test
  void findsAMissingAndARepeatedToken() throws IOException {
    chunk(token(1));
    chunk(token(3));
    finish();
    assertThat(check.ending(true)).isEqualTo(Ending.ko("out-of-order"));
  }

  @Test
  void asksNoNumbersOfTextThatBeginsWithoutOne() throws IOException {
    chunk("{'choices':[{'delta':{'content':'Once'}}]}");
    chunk("{'choices':[{'delta':{'content':' t9'}}]}");
    finish();
    assertThat(check.ending(true)).isEqualTo(Ending.ok());
  }

  @Test
  void findsACutStream() throws IOException {
    chunk(token(1));
    assertThat(check.ending(false)).isEqualTo(Ending.ko("cut"));
    assertThat(check.ending(true)).isEqualTo(Ending.ko("cut"));
  }

  @Test
  void findsAnErrorAmongTheEvents() throws IOException {
    chunk(token(1));
    chunk("{'error':{'message':'it died','code':null}}");
    assertThat(check.ending(true)).isEqualTo(Ending.ko("error-event"));
  }

  @Test
  void missesAnEndThatIsNotSaid() throws IOException {
    chunk("{'choices':[{'delta':{'content':'x'},'finish_reason':'stop'}]}");
    assertThat(check.ending(true)).isEqualTo(Ending.ko("no-done"));
    StreamCheck other = new StreamCheck();
    other.chunk(parse(token(1)));
    other.done();
    assertThat(other.ending(true)).isEqualTo(Ending.ko("no-finish-reason"));
  }

  @Test
  void findsWhatComesAfterTheEnd() throws IOException {
    chunk(token(1));
    finish();
    chunk(token(2));
    assertThat(check.ending(true)).isEqualTo(Ending.ko("after-done"));
  }

  @Test
  void readsPaddedNumbersOnly() throws IOException {
    assertThat(parse(token(12)).number()).isEqualTo(12);
    assertThat(parse("{'choices':[{'delta':{'content':' t12....'}}]}").number()).isEqualTo(12);
    assertThat(parse("{'choices':[{'delta':{'content':' t12a'}}]}").number()).isZero();
    assertThat(parse("{'choices':[{'delta':{'content':' to'}}]}").number()).isZero();
  }

  @Test
  void refusesWhatIsNoObject() {
    assertThatThrownBy(() -> parse("[1]")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> parse("{'choices'")).isInstanceOf(IOException.class);
  }

  private void finish() throws IOException {
    chunk("{'choices':[{'delta':{},'finish_reason':'stop'}]}");
    check.done();
  }

  private boolean chunk(String json) throws IOException {
    return check.chunk(parse(json));
  }

  private static Chunk parse(String json) throws IOException {
    byte[] bytes = json.replace('\'', '"').getBytes(UTF_8);
    return Chunk.parse(bytes, bytes.length);
  }

  private static String token(int number) {
    return "{'id':'c','choices':[{'index':0,'delta':{'content':' t"
        + number
        + "'},'logprobs':null}]}";
  }
}
