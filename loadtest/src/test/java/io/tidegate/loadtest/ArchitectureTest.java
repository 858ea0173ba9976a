package io.tidegate.loadtest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rules of the rooms. */
@AnalyzeClasses(
    packages = "io.tidegate.loadtest",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String ROOT = "io.tidegate.loadtest";

  @ArchTest
  static final ArchRule standsAloneAsABlackBoxClient =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.tidegate.engine..", "io.tidegate.http..", "org.apache.pekko..");

  @ArchTest
  static final ArchRule everyClassIsInAKnownRoom =
      classes()
          .should()
          .resideInAnyPackage(
              ROOT + ".arrival..",
              ROOT + ".assertion",
              ROOT + ".books",
              ROOT + ".builtin",
              ROOT + ".client..",
              ROOT + ".dsl",
              ROOT + ".record..",
              ROOT + ".page",
              ROOT + ".report..",
              ROOT + ".run..",
              ROOT + ".scenario",
              ROOT + ".backend",
              ROOT + ".backend.capacity",
              ROOT + ".backend.http..",
              ROOT + ".backend.stats");

  @ArchTest
  static final ArchRule arrivalsKnowNoClockThreadOrSocket =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".arrival..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.netty..", "java.net..", "java.util.concurrent.locks..")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Thread.class);

  @ArchTest
  static final ArchRule theLoadTestersRoomsHaveNoCircles =
      slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theCapacityRulesKnowNoSockets =
      noClasses()
          .that()
          .resideInAnyPackage(ROOT + ".backend.capacity", ROOT + ".backend.stats")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.netty..", "java.net..", ROOT + ".backend.http..");

  @ArchTest
  static final ArchRule roomsHaveNoCircles =
      slices().matching(ROOT + ".backend.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule roomsWithinRoomsHaveNoCircles =
      slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nothingInARoomKnowsTheFacade =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".backend.*..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + ".backend");
}
