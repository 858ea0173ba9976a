package io.tidegate.http;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rules of the rooms. */
@AnalyzeClasses(packages = "io.tidegate.http", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String ROOT = "io.tidegate.http";

  @ArchTest
  static final ArchRule everyClassIsInAKnownRoom =
      classes()
          .should()
          .resideInAnyPackage(
              ROOT,
              ROOT + ".cli",
              ROOT + ".config..",
              ROOT + ".identity",
              ROOT + ".proxy",
              ROOT + ".upstream",
              ROOT + ".relay",
              ROOT + ".transport",
              ROOT + ".reply",
              ROOT + ".admin");

  @ArchTest
  static final ArchRule nobodySeesIntoTheEngine =
      noClasses().should().dependOnClassesThat().resideInAnyPackage("io.tidegate.engine.gate..");

  @ArchTest
  static final ArchRule onlyTheCommandLineKnowsTheSimulatedBackend =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".cli")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.tidegate.loadtest..");

  @ArchTest
  static final ArchRule configKnowsNoOtherRoom =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".config..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ROOT + ".cli",
              ROOT + ".identity",
              ROOT + ".proxy",
              ROOT + ".upstream",
              ROOT + ".relay",
              ROOT + ".transport",
              ROOT + ".reply",
              ROOT + ".admin",
              "io.tidegate.engine.admission..",
              "io.tidegate.engine.telemetry..");

  @ArchTest
  static final ArchRule transportKnowsNotWhatItCarries =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".transport")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ROOT + ".relay", ROOT + ".proxy", ROOT + ".upstream", "io.tidegate.engine..");

  @ArchTest
  static final ArchRule roomsHaveNoCircles =
      slices().matching("io.tidegate.http.(*)..").should().beFreeOfCycles();
}
