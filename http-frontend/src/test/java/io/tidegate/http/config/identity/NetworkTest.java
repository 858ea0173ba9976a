package io.tidegate.http.config.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8,     10.255.255.255, true",
    "10.0.0.0/8,     11.0.0.0,       false",
    "172.16.0.0/12,  172.31.0.1,     true",
    "172.16.0.0/12,  172.32.0.1,     false",
    "192.0.2.7,      192.0.2.7,      true",
    "192.0.2.7,      192.0.2.8,      false",
    "192.0.2.6/31,   192.0.2.7,      true",
    "0.0.0.0/0,      203.0.113.9,    true",
    "0.0.0.0/0,      2001:db8::1,    false",
    "::/0,           2001:db8::1,    true",
    "::/0,           203.0.113.9,    false",
    "fd00::/8,       fdff::1,        true",
    "fd00::/8,       fe00::1,        false",
    "2001:db8::/33,  2001:db8:7fff::1, true",
    "2001:db8::/33,  2001:db8:8000::1, false",
    "::1,            ::1,            true",
    "127.0.0.0/8,    ::ffff:127.0.0.1, true",
  })
  void knowsItsAddresses(String network, String address, boolean inside) throws Exception {
    assertThat(Network.parse(network).contains(InetAddress.getByName(address))).isEqualTo(inside);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10",
        "10.0.0",
        "10.0.0.256",
        "010.0.0.1",
        "localhost",
        "10.0.0.0/33",
        "10.0.0.0/",
        "10.0.0.0/-1",
        "10.0.0.0/08",
        "::/129",
        ":::",
        "fe80::1%eth0",
        "10.0.0.0/8/8",
        "[::1]"
      })
  void refusesWhatIsNoNetwork(String text) {
    assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tellsWhichNetworkWasMeant() {
    assertThatThrownBy(() -> Network.parse("10.1.2.3/8")).hasMessageContaining("`10.0.0.0/8`");
  }

  @Test
  void isWrittenAsItReads() {
    assertThat(Network.parse(Network.parse("fd00::/8").toString()))
        .isEqualTo(Network.parse("fd00::/8"));
    assertThat(Network.parse("192.0.2.7")).hasToString("192.0.2.7/32");
  }
}
