package io.tidegate.http.upstream.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long names are believed, and which address comes first. */
class AddressesTest {

  private final List<InetAddress> told = new ArrayList<>(List.of(address(1), address(2)));
  private int lookups;
  private boolean gone;
  private final Addresses addresses =
      new Addresses(
          "llm.internal",
          host -> {
            lookups++;
            if (gone) {
              throw new UnknownHostException(host);
            }
            return told;
          },
          Runnable::run);

  @Test
  void looksUpAgainAfterHalfAMinuteAndNotBefore() {
    inOrder(0);
    told.set(0, address(3));
    assertThat(inOrder(Addresses.FRESH_NANOS - 1)).contains(address(1));
    assertThat(lookups).isEqualTo(1);
    inOrder(Addresses.FRESH_NANOS);
    assertThat(inOrder(Addresses.FRESH_NANOS)).contains(address(3)).doesNotContain(address(1));
    assertThat(lookups).isEqualTo(2);
  }

  @Test
  void keepsWhatWasKnownWhileNobodyCanTell() {
    inOrder(0);
    gone = true;
    long later = Addresses.FRESH_NANOS;
    assertThat(inOrder(later)).hasSize(2);
    assertThat(inOrder(later)).hasSize(2);
    assertThat(lookups).isEqualTo(2);
    assertThat(inOrder(later + Addresses.PAUSE_NANOS)).hasSize(2);
    assertThat(lookups).isEqualTo(3);
  }

  @Test
  void failsAsLongAsNobodyHasEverTold() {
    gone = true;
    assertThatThrownBy(() -> inOrder(0)).hasCauseInstanceOf(UnknownHostException.class);
    gone = false;
    assertThat(inOrder(0)).hasSize(2);
  }

  @Test
  void beginsWithAnotherOneEachTimeAndEndsWithThoseThatFailed() {
    assertThat(inOrder(0)).containsExactly(address(1), address(2));
    assertThat(inOrder(0)).containsExactly(address(2), address(1));
    addresses.failed(address(1), 0);
    assertThat(inOrder(0)).containsExactly(address(2), address(1));
    assertThat(inOrder(0)).containsExactly(address(2), address(1));
    addresses.worked(address(1));
    assertThat(inOrder(0)).containsExactly(address(1), address(2));
  }

  private List<InetAddress> inOrder(long nowNanos) {
    return addresses.inOrder(nowNanos).toCompletableFuture().join();
  }

  private static InetAddress address(int last) {
    try {
      return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
