package io.tidegate.http.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeldBodiesTest {

  @Test
  void shareWhatRoomThereIs() {
    HeldBodies bodies = new HeldBodies(10);
    HeldBodies.Share one = bodies.share();
    HeldBodies.Share other = bodies.share();

    assertThat(one.take(4)).isTrue();
    assertThat(one.take(2)).isTrue();
    assertThat(other.take(5)).isFalse();
    assertThat(other.take(4)).isTrue();
    assertThat(bodies.heldBytes()).isEqualTo(10);
  }

  @Test
  void areGivenBackOnceAndTakeNothingAfterwards() {
    HeldBodies bodies = new HeldBodies(10);
    HeldBodies.Share one = bodies.share();
    assertThat(one.take(6)).isTrue();

    one.giveBack();
    one.giveBack();

    assertThat(bodies.heldBytes()).isZero();
    assertThat(one.take(1)).as("a body that comes after its request has ended").isFalse();
    assertThat(bodies.heldBytes()).isZero();
  }
}
