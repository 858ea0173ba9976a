package io.tidegate.engine;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Which room may know which.
 *
 * <p>Shown red by hand: a use of {@code Gate} in {@code Counters} (direction and circles), {@code
 * System::nanoTime} in {@code Gate} (clock), a class in a package {@code util} (rooms), an {@code
 * ActorRef} in {@code Quotas} (actors).
 */
@AnalyzeClasses(packages = "io.tidegate.engine", importOptions = DoNotIncludeTests.class)
class RoomsTest {
  private static final String ROOT = "io.tidegate.engine";

  @ArchTest
  static final ArchRule everyClassIsInAKnownRoom =
      classes()
          .should()
          .resideInAnyPackage(
              ROOT,
              ROOT + ".admission",
              ROOT + ".tier",
              ROOT + ".telemetry",
              ROOT + ".telemetry.counter",
              ROOT + ".telemetry.stream",
              ROOT + ".limit",
              ROOT + ".limit.signs",
              ROOT + ".reserve",
              ROOT + ".quota",
              ROOT + ".quota.account",
              ROOT + ".gate",
              ROOT + ".queue",
              ROOT + ".session",
              ROOT + ".control",
              ROOT + ".signup",
              ROOT + ".signup.ledger",
              ROOT + ".signup.gate..",
              ROOT + ".signup.line",
              ROOT + ".signup.store..",
              ROOT + ".signup.desk..",
              ROOT + ".signup.watch",
              ROOT + ".simulation.sales",
              ROOT + ".simulation",
              ROOT + ".simulation.scenario",
              ROOT + ".simulation.upstream",
              ROOT + ".simulation.result",
              ROOT + ".simulation.goals");

  @ArchTest
  static final ArchRule importsGoOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("engine")
          .definedBy(ROOT)
          .layer("simulation")
          .definedBy(ROOT + ".simulation..")
          .layer("control")
          .definedBy(ROOT + ".control..")
          .layer("signup")
          .definedBy(ROOT + ".signup..")
          .layer("queue")
          .definedBy(ROOT + ".queue..")
          .layer("session")
          .definedBy(ROOT + ".session..")
          .layer("gate")
          .definedBy(ROOT + ".gate..")
          .layer("quota")
          .definedBy(ROOT + ".quota..")
          .layer("reserve")
          .definedBy(ROOT + ".reserve..")
          .layer("limit")
          .definedBy(ROOT + ".limit..")
          .layer("telemetry")
          .definedBy(ROOT + ".telemetry..")
          .layer("admission")
          .definedBy(ROOT + ".admission..")
          .layer("tier")
          .definedBy(ROOT + ".tier..")
          .whereLayer("engine")
          .mayOnlyBeAccessedByLayers("simulation")
          .whereLayer("simulation")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("control")
          .mayOnlyBeAccessedByLayers("engine", "simulation")
          .whereLayer("signup")
          .mayOnlyBeAccessedByLayers("engine", "simulation")
          .whereLayer("queue")
          .mayOnlyBeAccessedByLayers("control", "engine", "simulation")
          .whereLayer("session")
          .mayOnlyBeAccessedByLayers("control", "engine", "simulation")
          .whereLayer("gate")
          .mayOnlyBeAccessedByLayers("queue", "session", "control", "engine", "simulation")
          .whereLayer("quota")
          .mayOnlyBeAccessedByLayers(
              "gate", "queue", "session", "control", "signup", "engine", "simulation")
          .whereLayer("reserve")
          .mayOnlyBeAccessedByLayers(
              "gate", "queue", "session", "control", "signup", "engine", "simulation")
          .whereLayer("limit")
          .mayOnlyBeAccessedByLayers(
              "gate", "queue", "session", "control", "signup", "engine", "simulation")
          .whereLayer("telemetry")
          .mayOnlyBeAccessedByLayers(
              "gate",
              "queue",
              "session",
              "control",
              "signup",
              "engine",
              "simulation",
              "limit",
              "quota",
              "reserve")
          .whereLayer("admission")
          .mayOnlyBeAccessedByLayers(
              "telemetry",
              "limit",
              "reserve",
              "quota",
              "gate",
              "queue",
              "session",
              "control",
              "signup",
              "engine",
              "simulation");

  @ArchTest
  static final ArchRule roomsFormNoCircle =
      slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule roomsWithinRoomsFormNoCircle =
      slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule signsAreReadByTheLimitAlone =
      classes()
          .that()
          .resideInAPackage(ROOT + ".limit.signs")
          .and()
          .doNotHaveSimpleName("Sample")
          .and()
          .doNotHaveSimpleName("SampleWindow")
          .should()
          .onlyBeAccessed()
          .byAnyPackage(ROOT + ".limit..");

  @ArchTest
  static final ArchRule accountsAreChargedByQuotasAlone =
      classes()
          .that()
          .resideInAPackage(ROOT + ".quota.account")
          .and()
          .doNotHaveSimpleName("Account")
          .and()
          .doNotHaveSimpleName("ChargedSession")
          .and()
          .doNotHaveSimpleName("Shards")
          .should()
          .onlyBeAccessed()
          .byAnyPackage(ROOT + ".quota..");

  @ArchTest
  static final ArchRule roomsOfSignupsFormNoCircle =
      slices().matching(ROOT + ".signup.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule rulesOfSignupsKnowNoActors =
      noClasses()
          .that()
          .resideInAnyPackage(ROOT + ".signup.ledger", ROOT + ".signup.gate..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.pekko..");

  @ArchTest
  static final ArchRule theClockIsReadInOnePlace =
      noClasses()
          .that()
          .doNotBelongToAnyOf(Engine.class)
          .should()
          .accessTargetWhere(
              target(owner(JavaClass.Predicates.type(System.class))).and(target(name("nanoTime"))));

  @ArchTest
  static final ArchRule roomsKnowNoHttp =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.net..", "io.tidegate.http..");

  @ArchTest
  static final ArchRule rulesKnowNoActors =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              ROOT,
              ROOT + ".queue",
              ROOT + ".session",
              ROOT + ".control",
              ROOT + ".signup.desk",
              ROOT + ".signup.watch")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.pekko..");
}
