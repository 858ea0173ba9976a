package io.tidegate.engine.signup.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.engine.signup.gate.order.Cause;
import io.tidegate.engine.signup.gate.order.Order;
import io.tidegate.engine.signup.gate.order.SignupState;
import io.tidegate.engine.signup.ledger.HourlyUse;
import io.tidegate.engine.signup.ledger.LedgerRecord;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class GateTextTest {

  @Test
  void readsWhatItHasWritten() {
    GateRecord full =
        new GateRecord(
            SignupState.DRIP,
            5,
            Cause.SCHEDULE,
            Optional.of("a = b\n\\u0041 高负载"),
            Optional.of(new Order(true, 7, OptionalLong.of(9), Optional.of("=:#!"), "ann")),
            Optional.of(new Order(false, 8, OptionalLong.empty(), Optional.empty(), "bob")),
            SignupState.PAUSED,
            6,
            OptionalLong.of(11),
            new LedgerRecord(
                OptionalDouble.of(.0123456789012345),
                OptionalLong.of(13),
                List.of(
                    new HourlyUse(14, 1e-9, OptionalLong.of(-3)),
                    new HourlyUse(15, 2.5, OptionalLong.empty()))));

    assertThat(GateText.read(GateText.write(full))).isEqualTo(full);
    assertThat(GateText.read(GateText.write(GateRecord.begun(3)))).isEqualTo(GateRecord.begun(3));
  }

  @Test
  void refusesWhatIsNoRecord() {
    for (String text : List.of("", "state=open", "state=shut\nsince=1", "hours=x")) {
      assertThatThrownBy(() -> GateText.read(text)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
