package io.tidegate.engine.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidegate.engine.tier.ServiceClass.Kind;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which class is served before which, and which tables are refused. */
class TierTableTest {

  @Test
  void ordersTheClassesOfTheDefaultTiers() {
    assertThat(labels(TierTable.defaults()))
        .containsExactly(
            "plus-continuing",
            "plus-opening",
            "free-continuing",
            "new-continuing",
            "free-opening",
            "new-opening");
  }

  @Test
  void putsTheBestTierFirstThenWhatOthersContinueThenWhatTheyOpen() {
    TierTable seven =
        TierTable.of(
            List.of("a", "b", "c", "d", "e", "f", "g"), List.of("c", "a", "g", "b", "f", "d", "e"));

    assertThat(labels(seven))
        .containsExactly(
            "e-continuing",
            "e-opening",
            "d-continuing",
            "f-continuing",
            "b-continuing",
            "g-continuing",
            "a-continuing",
            "c-continuing",
            "d-opening",
            "f-opening",
            "b-opening",
            "g-opening",
            "a-opening",
            "c-opening");
    assertThat(seven.best().name()).isEqualTo("e");
    assertThat(seven.tiers()).extracting(Tier::index).containsExactly(0, 1, 2, 3, 4, 5, 6);
  }

  @Test
  void servesASingleTierInBothItsClasses() {
    TierTable single = TierTable.of(List.of("everyone"), List.of("everyone"));

    assertThat(labels(single)).containsExactly("everyone-continuing", "everyone-opening");
    assertThat(single.best().name()).isEqualTo("everyone");
  }

  @Test
  void takesAnExplicitClassOrderAsItIs() {
    List<String> order =
        List.of("gold-continuing", "tin-continuing", "gold-opening", "tin-opening");

    TierTable table = TierTable.of(List.of("tin", "gold"), List.of("tin", "gold"), order);

    assertThat(labels(table)).isEqualTo(order);
    assertThat(table.best().name()).isEqualTo("gold");
  }

  @Test
  void findsEveryClassByTierAndKindUnderItsRank() {
    TierTable table = TierTable.defaults();

    for (ServiceClass each : table.classes()) {
      assertThat(table.classOf(each.tier(), each.kind())).isSameAs(each);
      assertThat(table.classes().get(each.rank())).isSameAs(each);
    }
  }

  @Test
  void findsTiersByName() {
    TierTable table = TierTable.defaults();

    assertThat(table.find("free")).contains(new Tier("free", 1));
    assertThat(table.find("gold")).isEmpty();
  }

  @Test
  void holdsAsManyTiersAsItPromises() {
    TierTable largest = TierTable.of(numbered(TierTable.MAX_TIERS), numbered(TierTable.MAX_TIERS));

    assertThat(largest.classes()).hasSize(TierTable.MAX_CLASSES);
    assertRefused(numbered(17), numbered(17), "there can be at most 16 tiers, and 17 are given");
  }

  @Test
  void refusesTablesThatContradictThemselves() {
    assertRefused(List.of(), List.of(), "at least one tier is needed");
    assertRefused(List.of("a", "a"), List.of("a"), "tier \"a\" is given twice");
    assertRefused(List.of("a", "b"), List.of("a"), "the shed order leaves out the tier \"b\"");
    assertRefused(
        List.of("a", "b"), List.of("a", "a"), "the shed order names the tier \"a\" twice");
    assertRefused(
        List.of("a", "b"),
        List.of("a", "c"),
        "the shed order names the tier \"c\", which does not exist; there are a, b");
    assertRefused(
        List.of("Gold"),
        List.of("Gold"),
        "\"Gold\" cannot be a tier's name: it must be 1 to 32 characters, begin with a lower-case"
            + " letter and go on with lower-case letters, digits, _ or -");
  }

  @Test
  void refusesAClassOrderThatIsNotEveryClassOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> TierTable.of(List.of("a"), List.of("a"), List.of("a-opening", "a-closing")))
        .withMessage(
            "the class order names the class \"a-closing\", which does not exist; there are"
                + " a-continuing, a-opening");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TierTable.of(List.of("a"), List.of("a"), List.of("a-opening")))
        .withMessage("the class order leaves out the class \"a-continuing\"");
  }

  @Test
  void refusesTheTierOfAnotherTable() {
    Tier foreign = TierTable.of(List.of("x", "y"), List.of("x", "y")).tiers().get(1);
    Tier beyond = new Tier("plus", 3);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> TierTable.defaults().classOf(foreign, Kind.OPENING));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TierTable.defaults().classOf(beyond, Kind.OPENING));
  }

  private static void assertRefused(List<String> names, List<String> shedOrder, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TierTable.of(names, shedOrder))
        .withMessage(message);
  }

  private static List<String> labels(TierTable table) {
    return table.classes().stream().map(ServiceClass::label).toList();
  }

  private static List<String> numbered(int count) {
    return IntStream.range(0, count).mapToObj(i -> "t" + i).toList();
  }
}
