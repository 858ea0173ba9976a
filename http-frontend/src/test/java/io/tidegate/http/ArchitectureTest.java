package io.tidegate.http;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.tidegate.engine.control.ControlSnapshot;
import io.tidegate.engine.control.SurgeState;

/** The rules of the rooms. */
@AnalyzeClasses(packages = "io.tidegate.http", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String ROOT = "io.tidegate.http";
  private static final String ENGINE = "io.tidegate.engine";

  @ArchTest
  static final ArchRule everyClassIsInAKnownRoom =
      classes()
          .should()
          .resideInAnyPackage(
              ROOT,
              ROOT + ".access",
              ROOT + ".cli..",
              ROOT + ".config..",
              ROOT + ".identity",
              ROOT + ".proxy..",
              ROOT + ".upstream..",
              ROOT + ".relay..",
              ROOT + ".transport..",
              ROOT + ".reply",
              ROOT + ".signup..",
              ROOT + ".admin..",
              ROOT + ".live",
              ROOT + ".trace");

  @ArchTest
  static final ArchRule nobodySeesIntoTheEngineSaveWhoSetsItUp =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(ROOT + ".EngineSetup")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      ENGINE + ".gate..",
                      ENGINE + ".session..",
                      ENGINE + ".queue..",
                      ENGINE + ".control..")
                  .and(not(belongToAnyOf(ControlSnapshot.class, SurgeState.class))));

  @ArchTest
  static final ArchRule onlyTheCommandLineKnowsTheSimulatedBackend =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".cli..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.tidegate.loadtest..")
                  .and(resideOutsideOfPackage("io.tidegate.loadtest.page")));

  @ArchTest
  static final ArchRule onlyTheCommandLineKnowsTheFacade =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT, ROOT + ".cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT);

  @ArchTest
  static final ArchRule configKnowsOnlyItselfAndTheEnginesValues =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".config..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.tidegate..")
                  .and(
                      resideOutsideOfPackages(
                          ROOT + ".config..",
                          ENGINE + ".admission",
                          ENGINE + ".tier",
                          ENGINE + ".limit",
                          ENGINE + ".quota",
                          ENGINE + ".signup.ledger")));

  @ArchTest
  static final ArchRule replyKnowsNoOtherRoom =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".reply")
          .should()
          .dependOnClassesThat(
              resideInAPackage(ROOT + "..").and(resideOutsideOfPackage(ROOT + ".reply")));

  @ArchTest
  static final ArchRule transportKnowsNotWhatItCarries =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".transport..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ROOT + ".relay..", ROOT + ".proxy..", ROOT + ".upstream..", ENGINE + "..");

  @ArchTest
  static final ArchRule rulesAboutUpstreamsSendNothing =
      noClasses()
          .that()
          .resideInAnyPackage(
              ROOT + ".upstream.health", ROOT + ".upstream.selection", ROOT + ".upstream.retry")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.pekko..");

  @ArchTest
  static final ArchRule roomsHaveNoCircles =
      slices().matching("io.tidegate.http.(*)..").should().beFreeOfCycles();
}
