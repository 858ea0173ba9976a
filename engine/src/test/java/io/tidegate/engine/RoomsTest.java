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
 * System::nanoTime} in {@code Gate} (clock), a class in a package {@code util} (rooms).
 */
@AnalyzeClasses(packages = "io.tidegate.engine", importOptions = DoNotIncludeTests.class)
class RoomsTest {
  private static final String ROOT = "io.tidegate.engine";

  @ArchTest
  static final ArchRule everyClassIsInAKnownRoom =
      classes()
          .should()
          .resideInAnyPackage(
              ROOT, ROOT + ".admission", ROOT + ".tier", ROOT + ".gate", ROOT + ".telemetry");

  @ArchTest
  static final ArchRule importsGoOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("engine")
          .definedBy(ROOT)
          .layer("gate")
          .definedBy(ROOT + ".gate")
          .layer("telemetry")
          .definedBy(ROOT + ".telemetry")
          .layer("admission")
          .definedBy(ROOT + ".admission")
          .layer("tier")
          .definedBy(ROOT + ".tier")
          .whereLayer("engine")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("gate")
          .mayOnlyBeAccessedByLayers("engine")
          .whereLayer("telemetry")
          .mayOnlyBeAccessedByLayers("gate", "engine")
          .whereLayer("admission")
          .mayOnlyBeAccessedByLayers("telemetry", "gate", "engine");

  @ArchTest
  static final ArchRule roomsFormNoCircle =
      slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theClockIsReadInOnePlace =
      noClasses()
          .that()
          .doNotBelongToAnyOf(Engine.class)
          .should()
          .accessTargetWhere(
              target(owner(JavaClass.Predicates.type(System.class))).and(target(name("nanoTime"))));

  @ArchTest
  static final ArchRule roomsKnowNeitherActorsNorHttp =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.pekko..", "java.net..", "io.tidegate.http..");
}
